import { afterEach, beforeEach, expect, test } from 'vitest';
import { ERROR } from '../../../protocol/errors.ts';
import { consumerGroupDescribeApi } from '../../../protocol/messages/consumer-group-describe.ts';
import {
  type ConsumerGroupHeartbeatRequest,
  type ConsumerGroupHeartbeatResponse,
  consumerGroupHeartbeatApi,
} from '../../../protocol/messages/consumer-group-heartbeat.ts';
import { createTopicsApi } from '../../../protocol/messages/create-topics.ts';
import { findCoordinatorApi } from '../../../protocol/messages/find-coordinator.ts';
import { listGroupsApi } from '../../../protocol/messages/list-groups.ts';
import { offsetCommitApi } from '../../../protocol/messages/offset-commit.ts';
import { offsetFetchApi } from '../../../protocol/messages/offset-fetch.ts';
import type { Input } from '../../../protocol/schema.ts';
import { RawClient } from '../../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../../testing/served-cluster.ts';

let served: ServedCluster;
const clients: RawClient[] = [];

async function client(address = served.bootstrapServers()[0]!): Promise<RawClient> {
  const made = await RawClient.connect(address);
  clients.push(made);
  return made;
}

/** A connection to the coordinator of the group, once it serves. */
async function coordinatorOf(group: string): Promise<RawClient> {
  const { cluster } = served;
  const running = [...cluster.brokers.values()].find(({ listener }) => listener !== null)!;
  const asked = await client(`${running.listener!.host}:${running.listener!.port}`);
  for (;;) {
    const answer = await asked.send(findCoordinatorApi, 4, { coordinatorKeys: [group], keyType: 0 });
    const { errorCode, host, port } = answer.coordinators[0]!;
    if (errorCode === ERROR.NONE) {
      const found = await client(`${host}:${port}`);
      const { groups } = await found.send(consumerGroupDescribeApi, 1, { groupIds: [group] });
      const isReady =
        groups[0]!.errorCode === ERROR.NONE || groups[0]!.errorCode === ERROR.GROUP_ID_NOT_FOUND;
      if (isReady) return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function createTopic(name: string, partitions: number): Promise<void> {
  const topics = [{ name, numPartitions: partitions, replicationFactor: 3, assignments: [], configs: [] }];
  await (await client()).send(createTopicsApi, 7, { topics, timeoutMs: 1000 });
}

beforeEach(async () => {
  served = await serveCluster({ 'group.consumer.assignment.interval.ms': '0' });
  await createTopic('orders', 4);
});
afterEach(async () => {
  for (const each of clients.splice(0)) each.close();
  await served.cluster.close();
});

/** A member that heartbeats as a consumer does: it takes what it is given and gives up what it is not. */
class TestMember {
  readonly id: string;
  epoch = 0;
  owned: { topicId: string; partitions: number[] }[] = [];
  readonly #to: RawClient;
  readonly #about: Input<ConsumerGroupHeartbeatRequest>;

  constructor(to: RawClient, id: string, about: Input<ConsumerGroupHeartbeatRequest> = {}) {
    this.#to = to;
    this.id = id;
    this.#about = about;
  }

  get count(): number {
    return this.owned.reduce((sum, { partitions }) => sum + partitions.length, 0);
  }

  async beat(change: Input<ConsumerGroupHeartbeatRequest> = {}): Promise<ConsumerGroupHeartbeatResponse> {
    const answer = await this.#to.send(consumerGroupHeartbeatApi, 1, {
      groupId: 'shop',
      memberId: this.id,
      memberEpoch: this.epoch,
      rebalanceTimeoutMs: 30_000,
      subscribedTopicNames: ['orders'],
      topicPartitions: this.epoch === 0 ? [] : this.owned,
      ...this.#about,
      ...change,
    });
    if (answer.errorCode === ERROR.NONE) {
      this.epoch = answer.memberEpoch;
      if (answer.assignment !== null) this.owned = answer.assignment.topicPartitions;
    }
    return answer;
  }
}

async function settle(...members: TestMember[]): Promise<void> {
  for (let round = 0; round < 4; round += 1) for (const member of members) await member.beat();
}

test('members share partitions out and hand them over', async () => {
  const to = await coordinatorOf('shop');
  const [a, b] = [new TestMember(to, 'a'), new TestMember(to, 'b')];
  expect(await a.beat()).toMatchObject({ errorCode: 0, memberEpoch: 2, heartbeatIntervalMs: 5000 });
  expect(a.count).toBe(4);
  const joined = await b.beat();
  expect(joined.assignment).toEqual({ topicPartitions: [] }); // Nothing is free before the other lets go.
  await a.beat();
  expect(a.count).toBe(2);
  expect(a.epoch).toBe(2); // It has been told, and not yet given up.
  await settle(a, b);
  expect([a.count, b.count]).toEqual([2, 2]);
  expect([a.epoch, b.epoch]).toEqual([3, 3]);
  const { groups } = await to.send(consumerGroupDescribeApi, 1, { groupIds: ['shop'] });
  expect(groups[0]).toMatchObject({
    groupState: 'Stable',
    groupEpoch: 3,
    assignmentEpoch: 3,
    assignorName: 'uniform',
  });
  await b.beat({ memberEpoch: -1 });
  await settle(a);
  expect(a.count).toBe(4);
});

test('who is behind or ahead is fenced, who is unknown is told so', async () => {
  const to = await coordinatorOf('shop');
  const a = new TestMember(to, 'a');
  await a.beat();
  expect(await a.beat({ memberEpoch: 9 })).toMatchObject({
    errorCode: ERROR.FENCED_MEMBER_EPOCH,
    errorMessage:
      'The consumer group member has a greater member epoch (9) than the one known by the group coordinator (2). ' +
      'The member must abandon all its partitions and rejoin.',
  });
  expect((await a.beat({ memberEpoch: 1 })).errorCode).toBe(ERROR.FENCED_MEMBER_EPOCH);
  expect(await new TestMember(to, 'x').beat({ memberEpoch: 2 })).toMatchObject({
    errorCode: ERROR.UNKNOWN_MEMBER_ID,
    errorMessage: 'Member x is not a member of group shop.',
  });
  expect((await a.beat({ serverAssignor: 'magic' })).errorCode).toBe(ERROR.UNSUPPORTED_ASSIGNOR);
  expect((await a.beat({ memberEpoch: 0, rebalanceTimeoutMs: -1 })).errorCode).toBe(ERROR.INVALID_REQUEST);
});

test('a static member keeps its place while it is away', async () => {
  const to = await coordinatorOf('shop');
  const about = { instanceId: 'till' };
  const first = new TestMember(to, 'first', about);
  await first.beat();
  const second = new TestMember(to, 'second', about);
  expect((await second.beat()).errorCode).toBe(ERROR.UNRELEASED_INSTANCE_ID);
  expect((await first.beat({ memberEpoch: -2 })).memberEpoch).toBe(-2);
  await second.beat();
  expect(second.count).toBe(4);
  expect(second.epoch).toBe(2); // Nobody had to rebalance for it.
  expect((await first.beat({ memberEpoch: 2 })).errorCode).toBe(ERROR.FENCED_INSTANCE_ID);
});

test('a regular expression is matched on the broker, and again when topics come', async () => {
  const to = await coordinatorOf('shop');
  const a = new TestMember(to, 'a', { subscribedTopicNames: null, subscribedTopicRegex: 'ord.*|pay.*' });
  await a.beat();
  await settle(a);
  expect(a.count).toBe(4);
  const wrong = await new TestMember(to, 'b', { subscribedTopicRegex: '(' }).beat();
  expect(wrong).toMatchObject({
    errorCode: ERROR.INVALID_REGULAR_EXPRESSION,
    errorMessage: 'SubscribedTopicRegex `(` is not a valid regular expression: missing closing ).',
  });
});

test('partitions that are added are given out', async () => {
  const to = await coordinatorOf('shop');
  const a = new TestMember(to, 'a', { subscribedTopicNames: ['orders', 'later'] });
  await a.beat();
  expect(a.count).toBe(4);
  await createTopic('later', 3);
  await settle(a);
  expect(a.count).toBe(7);
});

test('offsets are committed with the member epoch', async () => {
  const to = await coordinatorOf('shop');
  const a = new TestMember(to, 'a');
  await a.beat();
  const topicId = served.cluster.image.topic('orders')!.id;
  const commit = async (memberId: string, epoch: number) => {
    const partitions = [{ partitionIndex: 0, committedOffset: 7n }];
    const request = {
      groupId: 'shop',
      memberId,
      generationIdOrMemberEpoch: epoch,
      topics: [{ topicId, partitions }],
    };
    return (await to.send(offsetCommitApi, 10, request)).topics[0]!.partitions[0]!.errorCode;
  };
  expect(await commit('a', 2)).toBe(ERROR.NONE);
  expect(await commit('a', 3)).toBe(ERROR.STALE_MEMBER_EPOCH);
  expect(await commit('b', 2)).toBe(ERROR.UNKNOWN_MEMBER_ID);
  const fetch = async (memberEpoch: number) => {
    const topics = [{ topicId, partitionIndexes: [0] }];
    const groups = [{ groupId: 'shop', memberId: 'a', memberEpoch, topics }];
    return (await to.send(offsetFetchApi, 10, { groups })).groups[0]!;
  };
  expect((await fetch(1)).errorCode).toBe(ERROR.STALE_MEMBER_EPOCH);
  expect((await fetch(2)).topics[0]!.partitions[0]!.committedOffset).toBe(7n);
});

test('the next coordinator goes on where the last one was', async () => {
  const to = await coordinatorOf('shop');
  const [a, b] = [new TestMember(to, 'a'), new TestMember(to, 'b')];
  await settle(a, b);
  const { cluster } = served;
  const shardTopic = cluster.image.topic('__consumer_offsets')!;
  const leader = [...cluster.brokers.values()].find(
    ({ listener }) => listener?.port === to.socket.remotePort,
  )!;
  expect(shardTopic.partitions.some((partition) => partition.leader === leader.id)).toBe(true);
  await cluster.stopBroker(leader.id, 'controlled');
  const next = await coordinatorOf('shop');
  const again = new TestMember(next, 'a');
  again.epoch = a.epoch;
  again.owned = a.owned;
  expect(await again.beat()).toMatchObject({ errorCode: 0, memberEpoch: a.epoch });
  expect(again.count).toBe(2);
  const { groups } = await next.send(listGroupsApi, 5, { typesFilter: ['consumer'] });
  expect(groups).toMatchObject([{ groupId: 'shop', groupState: 'Stable', groupType: 'consumer' }]);
});
