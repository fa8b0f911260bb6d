import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ZERO_UUID } from '../../protocol/default-value.ts';
import { ERROR } from '../../protocol/errors.ts';
import { iterateBatches, setBaseOffset } from '../../protocol/records/batch-header.ts';
import { MetadataImage } from '../controller/metadata-image.ts';
import type { Partition } from '../replica/partition.ts';
import type { Group } from './group.ts';
import { GroupShard } from './group-shard.ts';
import { heartbeat } from './membership.ts';
import { commitOffsets } from './offsets.ts';
import { partitionOfGroup } from './offsets-topic.ts';
import { join, memberId, SETTINGS, sync } from './testing/group-world.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A partition that keeps its batches in an array and gives out one at a time. */
function fakePartition() {
  const batches: Buffer[] = [];
  const partition = {
    errorCode: 0,
    logStartOffset: 0,
    logEndOffset: 0,
    async appendAsLeader(records: Buffer) {
      const { errorCode } = partition;
      if (errorCode === 0) {
        const [header] = iterateBatches(records);
        setBaseOffset(records, 0, partition.logEndOffset);
        partition.logEndOffset += header!.recordCount;
        batches.push(records);
      }
      return { errorCode, errorMessage: null, baseOffset: 0, logAppendTime: -1, logStartOffset: 0 };
    },
    read({ offset }: { offset: number }) {
      const batch = batches.find((candidate) => {
        const [header] = iterateBatches(candidate);
        return header!.baseOffset + header!.lastOffsetDelta >= offset;
      });
      return { errorCode: 0, records: batch === undefined ? [] : [batch] };
    },
  };
  return partition;
}

function shardOn(partition: ReturnType<typeof fakePartition>): GroupShard {
  return new GroupShard(partition as unknown as Partition, {
    settings: SETTINGS,
    topics: new MetadataImage('test'),
    now: () => Date.now(),
    groupNumber: () => 45_000,
  });
}

const ADMINISTRATOR = {
  memberId: '',
  generationId: -1,
  instanceId: null,
  retentionMs: -1,
  apiVersion: 10,
  isTransactional: false,
};
const offset = (topic: string, value: number) => ({
  topic,
  topicId: ZERO_UUID,
  partition: 0,
  offset: value,
  leaderEpoch: -1,
  metadata: 'note',
});

function classic(shard: GroupShard): Group {
  const group = shard.open('shop');
  if (group.type !== 'classic') throw new TypeError('It is of another kind');
  return group;
}

async function writeGroup(shard: GroupShard) {
  const group = classic(shard);
  const id = await memberId(group);
  const joining = join(group, { memberId: id });
  await vi.advanceTimersByTimeAsync(250);
  const joined = await joining;
  await sync(group, joined, { [id]: 'p0' });
  const member = {
    memberId: id,
    generationId: 1,
    instanceId: null,
    retentionMs: -1,
    apiVersion: 10,
    isTransactional: false,
  };
  await commitOffsets(group, member, [offset('orders', 41), offset('payments', 7)]);
  await commitOffsets(group, member, [offset('orders', 42)]);
  return id;
}

test('the next coordinator knows the members, the generation and the offsets', async () => {
  const partition = fakePartition();
  const before = shardOn(partition);
  await before.load();
  const id = await writeGroup(before);
  const after = shardOn(partition);
  const loading = after.load();
  expect(after.state).toBe('loading');
  await loading;
  expect(after.state).toBe('active');
  const group = classic(after);
  expect(group).toMatchObject({ state: 'Stable', generation: 1, protocol: 'range', leaderId: id });
  expect(group.offsets.get('orders')?.get(0)).toMatchObject({ offset: 42, metadata: 'note' });
  expect(group.offsets.get('payments')?.get(0)?.offset).toBe(7);
  expect(heartbeat(group, id, 1, null)).toBe(ERROR.NONE);
  expect(String(group.members.get(id)!.assignment)).toBe('p0');
  await vi.advanceTimersByTimeAsync(10_001); // It watches them too.
  expect(group.state).toBe('Empty');
});

test('the former coordinator sends its members away', async () => {
  const shard = shardOn(fakePartition());
  await shard.load();
  const group = classic(shard);
  const waiting = join(group, { memberId: await memberId(group) });
  shard.close();
  expect((await waiting).errorCode).toBe(ERROR.NOT_COORDINATOR);
  expect(shard.groups.size).toBe(0);
});

test('what was deleted stays deleted', async () => {
  const partition = fakePartition();
  const before = shardOn(partition);
  await before.load();
  for (const name of ['gone', 'kept', 'topicless']) {
    await commitOffsets(before.open(name), ADMINISTRATOR, [offset('orders', 1), offset('payments', 2)]);
  }
  expect(await before.delete(before.groups.get('gone')!)).toBe(ERROR.NONE);
  await before.dropTopics(new Set(['payments']));
  const after = shardOn(partition);
  await after.load();
  expect([...after.groups.keys()].sort()).toEqual(['kept', 'topicless']);
  expect([...after.groups.get('kept')!.offsets.keys()]).toEqual(['orders']);
});

test('offsets and then groups go when their time is over', async () => {
  const partition = fakePartition();
  const shard = shardOn(partition);
  await shard.load();
  await commitOffsets(shard.open('old'), ADMINISTRATOR, [offset('orders', 1)]);
  vi.setSystemTime(Date.now() + 30_000);
  await commitOffsets(shard.open('new'), ADMINISTRATOR, [offset('orders', 1)]);
  vi.setSystemTime(Date.now() + 30_000);
  await shard.expire();
  expect([...shard.groups.keys()]).toEqual(['new']);
  const after = shardOn(partition);
  await after.load();
  expect([...after.groups.keys()]).toEqual(['new']);
});

test('a failed write is told in the words of a coordinator', async () => {
  const partition = fakePartition();
  const shard = shardOn(partition);
  await shard.load();
  const commit = () => commitOffsets(classic(shard), ADMINISTRATOR, [offset('orders', 1)]);
  partition.errorCode = ERROR.NOT_ENOUGH_REPLICAS;
  expect(await commit()).toEqual([ERROR.COORDINATOR_NOT_AVAILABLE]);
  partition.errorCode = ERROR.NOT_LEADER_OR_FOLLOWER;
  expect(await commit()).toEqual([ERROR.NOT_COORDINATOR]);
});

test('a group is kept where Kafka looks for it', () => {
  // As computed by org.apache.kafka.common.utils.Utils.abs(id.hashCode()) % 50.
  expect(partitionOfGroup('kafdeck-grüße', 50)).toBe(35);
  expect(partitionOfGroup('abc', 50)).toBe(96354 % 50);
});
