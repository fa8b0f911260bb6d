import { afterEach, beforeEach, expect, test } from 'vitest';
import { ERROR } from '../../../protocol/errors.ts';
import { createTopicsApi } from '../../../protocol/messages/create-topics.ts';
import { findCoordinatorApi } from '../../../protocol/messages/find-coordinator.ts';
import { listGroupsApi } from '../../../protocol/messages/list-groups.ts';
import { offsetCommitApi } from '../../../protocol/messages/offset-commit.ts';
import { streamsGroupDescribeApi } from '../../../protocol/messages/streams-group-describe.ts';
import {
  type StreamsGroupHeartbeatRequest,
  type StreamsGroupHeartbeatResponse,
  streamsGroupHeartbeatApi,
} from '../../../protocol/messages/streams-group-heartbeat.ts';
import type { Input } from '../../../protocol/schema.ts';
import { RawClient } from '../../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../../testing/served-cluster.ts';

let served: ServedCluster;
const clients: RawClient[] = [];

async function client(brokerId: number): Promise<RawClient> {
  const { host, port } = served.cluster.brokers.get(brokerId)!.listener!;
  const made = await RawClient.connect(`${host}:${port}`);
  clients.push(made);
  return made;
}

/** A connection to the coordinator of the application, once it serves. */
async function coordinator(): Promise<RawClient> {
  const running = [...served.cluster.brokers.values()].find(({ listener }) => listener !== null)!;
  const asked = await client(running.id);
  for (;;) {
    const answer = await asked.send(findCoordinatorApi, 4, { coordinatorKeys: ['words'], keyType: 0 });
    const { errorCode, nodeId } = answer.coordinators[0]!;
    if (errorCode === ERROR.NONE && served.cluster.brokers.get(nodeId)!.listener !== null) {
      const found = await client(nodeId);
      const { groups } = await found.send(streamsGroupDescribeApi, 0, { groupIds: ['words'] });
      const isReady =
        groups[0]!.errorCode === ERROR.NONE || groups[0]!.errorCode === ERROR.GROUP_ID_NOT_FOUND;
      if (isReady) return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function createTopic(name: string, partitions: number): Promise<void> {
  const topics = [{ name, numPartitions: partitions, replicationFactor: 3, assignments: [], configs: [] }];
  await (await client(1)).send(createTopicsApi, 7, { topics, timeoutMs: 1000 });
}

/** Words are told apart in the first subtopology, and counted in the second. */
const topology: Input<StreamsGroupHeartbeatRequest>['topology'] = {
  epoch: 0,
  subtopologies: [
    { subtopologyId: '0', sourceTopics: ['lines'], repartitionSinkTopics: ['words-by-word-repartition'] },
    {
      subtopologyId: '1',
      repartitionSourceTopics: [{ name: 'words-by-word-repartition' }],
      stateChangelogTopics: [{ name: 'words-counts-changelog' }],
    },
  ],
};

type Tasks = { subtopologyId: string; partitions: number[] }[];

/** A member that heartbeats as a client of Kafka Streams does. */
class TestMember {
  readonly id: string;
  epoch = 0;
  active: Tasks = [];
  standby: Tasks = [];
  statuses: number[] = [];
  readonly #to: RawClient;

  constructor(to: RawClient, id: string) {
    this.#to = to;
    this.id = id;
  }

  async beat(change: Input<StreamsGroupHeartbeatRequest> = {}): Promise<StreamsGroupHeartbeatResponse> {
    const isJoining = this.epoch === 0;
    const answer = await this.#to.send(streamsGroupHeartbeatApi, 0, {
      groupId: 'words',
      memberId: this.id,
      memberEpoch: this.epoch,
      rebalanceTimeoutMs: isJoining ? 30_000 : -1,
      topology: isJoining ? topology : null,
      processId: `process-${this.id}`,
      activeTasks: isJoining ? [] : this.active,
      standbyTasks: isJoining ? [] : this.standby,
      warmupTasks: [],
      ...change,
    });
    if (answer.errorCode === ERROR.NONE) {
      this.epoch = answer.memberEpoch;
      this.active = answer.activeTasks ?? this.active;
      this.standby = answer.standbyTasks ?? this.standby;
      this.statuses = (answer.status ?? []).map(({ statusCode }) => statusCode);
    }
    return answer;
  }

  get tasks(): string[] {
    return this.active
      .flatMap(({ subtopologyId, partitions }) => partitions.map((each) => `${subtopologyId}_${each}`))
      .sort();
  }
}

async function beatUntil(isEnough: () => boolean, ...members: TestMember[]): Promise<void> {
  while (!isEnough()) {
    for (const member of members) await member.beat();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

beforeEach(async () => {
  served = await serveCluster({
    'group.streams.initial.rebalance.delay.ms': '20',
    'group.streams.assignment.interval.ms': '0',
  });
});
afterEach(async () => {
  for (const each of clients.splice(0)) each.close();
  await served.cluster.close();
});

test('an application gets its internal topics and then its tasks', async () => {
  await createTopic('lines', 2);
  const a = new TestMember(await coordinator(), 'a');
  expect((await a.beat()).errorCode).toBe(ERROR.NONE);
  await beatUntil(() => a.tasks.length === 4, a);
  expect(a.tasks).toEqual(['0_0', '0_1', '1_0', '1_1']);
  const { image } = served.cluster;
  expect(image.topic('words-by-word-repartition')!.partitions).toHaveLength(2);
  expect(image.topic('words-counts-changelog')!.partitions).toHaveLength(2);
  await beatUntil(() => a.statuses.length === 0, a);
});

test('without its source topics an application is told so, and starts when they are made', async () => {
  const a = new TestMember(await coordinator(), 'a');
  await a.beat();
  expect(a.statuses).toContain(1); // MISSING_SOURCE_TOPICS
  const { groups } = await (await coordinator()).send(streamsGroupDescribeApi, 0, { groupIds: ['words'] });
  expect(groups[0]).toMatchObject({ groupState: 'NotReady' });
  await createTopic('lines', 1);
  await beatUntil(() => a.tasks.length === 2, a);
});

test('tasks move to another process in two steps, and all come back when it leaves', async () => {
  await createTopic('lines', 2);
  const to = await coordinator();
  const [a, b] = [new TestMember(to, 'a'), new TestMember(to, 'b')];
  await a.beat();
  await beatUntil(() => a.tasks.length === 4, a);
  await b.beat();
  expect(b.tasks).toEqual([]);
  await beatUntil(() => b.tasks.length === 2, a, b);
  expect([...a.tasks, ...b.tasks].sort()).toEqual(['0_0', '0_1', '1_0', '1_1']);

  const { groups } = await to.send(streamsGroupDescribeApi, 0, { groupIds: ['words'] });
  expect(groups[0]).toMatchObject({ errorCode: 0, groupState: 'Stable' });
  expect(groups[0]!.topology!.subtopologies!.map(({ subtopologyId }) => subtopologyId)).toEqual(['0', '1']);
  expect(groups[0]!.members.map(({ memberId }) => memberId).sort()).toEqual(['a', 'b']);
  const listed = await to.send(listGroupsApi, 5, { typesFilter: ['streams'] });
  expect(listed.groups).toMatchObject([{ groupId: 'words', groupState: 'Stable', groupType: 'streams' }]);

  expect((await b.beat({ memberEpoch: -1 })).errorCode).toBe(ERROR.NONE);
  await beatUntil(() => a.tasks.length === 4, a);
});

test('a member that is unknown or behind is sent away, and may not commit', async () => {
  await createTopic('lines', 1);
  const to = await coordinator();
  const a = new TestMember(to, 'a');
  await a.beat();
  await beatUntil(() => a.tasks.length === 2, a);
  expect((await a.beat({ memberEpoch: a.epoch + 1 })).errorCode).toBe(ERROR.FENCED_MEMBER_EPOCH);
  expect((await a.beat({ memberId: 'x' })).errorCode).toBe(ERROR.UNKNOWN_MEMBER_ID);
  expect((await a.beat({ topology: topology! })).errorCode).toBe(ERROR.INVALID_REQUEST);
  const commit = async (generation: number) => {
    const partitions = [{ partitionIndex: 0, committedOffset: 0n }];
    const answer = await to.send(offsetCommitApi, 9, {
      groupId: 'words',
      memberId: 'a',
      generationIdOrMemberEpoch: generation,
      topics: [{ name: 'lines', partitions }],
    });
    return answer.topics[0]!.partitions[0]!.errorCode;
  };
  expect(await commit(a.epoch + 1)).toBe(ERROR.STALE_MEMBER_EPOCH);
  expect(await commit(a.epoch)).toBe(ERROR.NONE);
});

test('a new coordinator knows the members and their tasks', async () => {
  await createTopic('lines', 2);
  const a = new TestMember(await coordinator(), 'a');
  await a.beat();
  await beatUntil(() => a.tasks.length === 4, a);
  const { cluster } = served;
  const keys = { coordinatorKeys: ['words'], keyType: 0 };
  const { coordinators } = await (await client(1)).send(findCoordinatorApi, 4, keys);
  await cluster.stopBroker(coordinators[0]!.nodeId, 'controlled');
  const to = await coordinator();
  const same = new TestMember(to, 'a');
  Object.assign(same, { epoch: a.epoch, active: a.active });
  expect(await same.beat()).toMatchObject({ errorCode: ERROR.NONE, memberEpoch: a.epoch });
});
