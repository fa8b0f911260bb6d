import { afterEach, beforeEach, expect, test } from 'vitest';
import { ERROR } from '../../../protocol/errors.ts';
import { alterShareGroupOffsetsApi } from '../../../protocol/messages/alter-share-group-offsets.ts';
import { createTopicsApi } from '../../../protocol/messages/create-topics.ts';
import { describeShareGroupOffsetsApi } from '../../../protocol/messages/describe-share-group-offsets.ts';
import { incrementalAlterConfigsApi } from '../../../protocol/messages/incremental-alter-configs.ts';
import { produceApi } from '../../../protocol/messages/produce.ts';
import { readShareGroupStateApi } from '../../../protocol/messages/read-share-group-state.ts';
import { shareFetchApi } from '../../../protocol/messages/share-fetch.ts';
import { shareGroupDescribeApi } from '../../../protocol/messages/share-group-describe.ts';
import { shareGroupHeartbeatApi } from '../../../protocol/messages/share-group-heartbeat.ts';
import { batchOf } from '../../testing/batches.ts';
import { RawClient } from '../../testing/raw-client.ts';
import { type ServedCluster, serveCluster } from '../../testing/served-cluster.ts';
import { partitionOfGroup } from '../offsets-topic.ts';
import { coordinatorKey, statePartitionOf } from './state/share-state-topic.ts';

let served: ServedCluster;
const clients: RawClient[] = [];

async function client(brokerId: number): Promise<RawClient> {
  const { host, port } = served.cluster.brokers.get(brokerId)!.listener!;
  const made = await RawClient.connect(`${host}:${port}`);
  clients.push(made);
  return made;
}

const leaderOf = (topic: string, partition: number) =>
  served.cluster.image.partition(topic, partition)!.leader;

async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

beforeEach(async () => {
  served = await serveCluster({
    'group.share.assignment.interval.ms': '0',
    'share.coordinator.state.topic.num.partitions': '3',
  });
  const to = await client(1);
  const topics = [{ name: 'jobs', numPartitions: 1, replicationFactor: 3, assignments: [], configs: [] }];
  await to.send(createTopicsApi, 7, { topics, timeoutMs: 1000 });
  const configs = [{ name: 'share.auto.offset.reset', configOperation: 0, value: 'earliest' }];
  const resources = [{ resourceType: 32, resourceName: 'crew', configs }];
  await to.send(incrementalAlterConfigsApi, 1, { resources, validateOnly: false });
});
afterEach(async () => {
  for (const each of clients.splice(0)) each.close();
  await served.cluster.close();
});

/** Joins and heartbeats until the member has its partition. */
async function join(memberId: string): Promise<RawClient> {
  const about = { groupId: 'crew', memberId, subscribedTopicNames: ['jobs'] };
  let epoch = 0;
  return eventually(async () => {
    const topic = served.cluster.image.topic('__consumer_offsets');
    if (topic === undefined)
      await (await client(1)).send(shareGroupHeartbeatApi, 1, { ...about, memberEpoch: 0 });
    const partition = partitionOfGroup('crew', 6);
    const leader = served.cluster.image.partition('__consumer_offsets', partition)?.leader ?? -1;
    if (leader < 0) {
      const { offsetsTopic } = await import('../offsets-topic.ts');
      offsetsTopic(served.cluster, served.cluster.brokers.get(1)!);
      return undefined;
    }
    const to = await client(leader);
    const answer = await to.send(shareGroupHeartbeatApi, 1, { ...about, memberEpoch: epoch });
    if (answer.errorCode !== ERROR.NONE) return undefined;
    epoch = answer.memberEpoch;
    return answer.assignment?.topicPartitions.length ? to : undefined;
  });
}

async function produce(values: string[]): Promise<void> {
  const to = await client(leaderOf('jobs', 0));
  const partitionData = [{ index: 0, records: batchOf({ values }) }];
  await to.send(produceApi, 9, { acks: -1, timeoutMs: 1000, topicData: [{ name: 'jobs', partitionData }] });
}

test('members share a partition, and what one releases the other gets', async () => {
  const coordinator = await join('a');
  const topicId = served.cluster.image.topic('jobs')!.id;
  await produce(['one', 'two', 'three']);
  const to = await client(leaderOf('jobs', 0));
  const fetch = async (
    memberId: string,
    shareSessionEpoch: number,
    acknowledgementBatches: object[] = [],
  ) => {
    const topics = [{ topicId, partitions: [{ partitionIndex: 0, acknowledgementBatches }] }];
    const limits = { maxWaitMs: 300, minBytes: 1, maxBytes: 1_000_000, maxRecords: 100, batchSize: 100 };
    return to.send(shareFetchApi, 2, { groupId: 'crew', memberId, shareSessionEpoch, topics, ...limits });
  };
  const first = await fetch('a', 0);
  expect(first.responses[0]!.partitions[0]!.acquiredRecords).toEqual([
    { firstOffset: 0n, lastOffset: 2n, deliveryCount: 1 },
  ]);
  const second = await fetch('b', 0);
  expect(second.responses[0]!.partitions[0]!.acquiredRecords).toEqual([]);
  expect((await fetch('b', 5)).errorCode).toBe(ERROR.INVALID_SHARE_SESSION_EPOCH);
  expect((await fetch('x', 1)).errorCode).toBe(ERROR.SHARE_SESSION_NOT_FOUND);
  const acknowledged = await fetch('a', 1, [
    { firstOffset: 0n, lastOffset: 2n, acknowledgeTypes: [1, 2, 3] },
  ]);
  const partition = acknowledged.responses[0]!.partitions[0]!;
  expect(partition.acknowledgeErrorCode).toBe(ERROR.NONE);
  const released =
    partition.acquiredRecords.length > 0 ? partition : (await fetch('b', 1)).responses[0]!.partitions[0]!;
  expect(released.acquiredRecords).toEqual([{ firstOffset: 1n, lastOffset: 1n, deliveryCount: 2 }]);
  const { groups } = await coordinator.send(describeShareGroupOffsetsApi, 1, {
    groups: [{ groupId: 'crew', topics: null }],
  });
  expect(groups[0]!.topics[0]!.partitions[0]).toMatchObject({ startOffset: 0n, lag: 1n });
  const described = await coordinator.send(shareGroupDescribeApi, 1, { groupIds: ['crew'] });
  expect(described.groups[0]).toMatchObject({ groupState: 'Stable', assignorName: 'simple' });
});

test('a group that nobody reads with any more begins where its offsets were set', async () => {
  const coordinator = await join('a');
  const topicId = served.cluster.image.topic('jobs')!.id;
  await produce(['one', 'two', 'three']);
  const to = await client(leaderOf('jobs', 0));
  const fetch = async (shareSessionEpoch: number, acknowledgementBatches: object[] = []) => {
    const topics = [{ topicId, partitions: [{ partitionIndex: 0, acknowledgementBatches }] }];
    const limits = { maxWaitMs: 300, minBytes: 1, maxBytes: 1_000_000, maxRecords: 100, batchSize: 100 };
    const body = { groupId: 'crew', memberId: 'a', shareSessionEpoch, topics, ...limits };
    return (await to.send(shareFetchApi, 2, body)).responses[0]?.partitions[0]?.acquiredRecords;
  };
  const all = { firstOffset: 0n, lastOffset: 2n };
  expect(await fetch(0)).toEqual([{ ...all, deliveryCount: 1 }]);
  await fetch(-1, [{ ...all, acknowledgeTypes: [1] }]);
  const leaving = { groupId: 'crew', memberId: 'a', memberEpoch: -1, subscribedTopicNames: null };
  await coordinator.send(shareGroupHeartbeatApi, 1, leaving);
  const altered = await coordinator.send(alterShareGroupOffsetsApi, 0, {
    groupId: 'crew',
    topics: [{ topicName: 'jobs', partitions: [{ partitionIndex: 0, startOffset: 0n }] }],
  });
  expect(altered.errorCode).toBe(ERROR.NONE);
  await join('a');
  expect(await fetch(0)).toEqual([{ ...all, deliveryCount: 1 }]);
});

test('a new leader goes on where the old one was', async () => {
  await join('a');
  const topicId = served.cluster.image.topic('jobs')!.id;
  await produce(['one', 'two', 'three']);
  const session = {
    groupId: 'crew',
    memberId: 'a',
    maxWaitMs: 300,
    minBytes: 1,
    maxRecords: 100,
    batchSize: 100,
  };
  const oldLeader = leaderOf('jobs', 0);
  const to = await client(oldLeader);
  await to.send(shareFetchApi, 2, {
    ...session,
    shareSessionEpoch: 0,
    topics: [{ topicId, partitions: [{ partitionIndex: 0 }] }],
  });
  const acknowledgementBatches = [{ firstOffset: 0n, lastOffset: 1n, acknowledgeTypes: [1] }];
  await to.send(shareFetchApi, 2, {
    ...session,
    shareSessionEpoch: 1,
    topics: [{ topicId, partitions: [{ partitionIndex: 0, acknowledgementBatches }] }],
  });
  await served.cluster.stopBroker(oldLeader, 'controlled');
  const next = await client(leaderOf('jobs', 0));
  const again = await eventually(async () => {
    const answer = await next.send(shareFetchApi, 2, {
      ...session,
      memberId: 'b',
      shareSessionEpoch: 0,
      topics: [{ topicId, partitions: [{ partitionIndex: 0 }] }],
    });
    const partition = answer.responses[0]?.partitions[0];
    return partition?.errorCode === ERROR.NONE && partition.acquiredRecords.length > 0
      ? partition
      : undefined;
  });
  expect(again.acquiredRecords).toEqual([{ firstOffset: 2n, lastOffset: 2n, deliveryCount: 1 }]);
  const key = { groupId: 'crew', topicId, partition: 0 };
  const keeper = leaderOf('__share_group_state', statePartitionOf(coordinatorKey(key), 3));
  const { results } = await (await client(keeper)).send(readShareGroupStateApi, 0, {
    groupId: 'crew',
    topics: [{ topicId, partitions: [{ partition: 0, leaderEpoch: -1 }] }],
  });
  expect(results[0]!.partitions[0]!.stateBatches).toEqual([
    { firstOffset: 0n, lastOffset: 1n, deliveryState: 2, deliveryCount: 1 },
  ]);
});
