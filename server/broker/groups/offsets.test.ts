import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { encode } from '../../protocol/codec.ts';
import { ZERO_UUID } from '../../protocol/default-value.ts';
import { ERROR } from '../../protocol/errors.ts';
import { consumerProtocolSubscription } from '../../protocol/messages/consumer-protocol-subscription.ts';
import { commitError } from './commit-error.ts';
import { Member } from './member.ts';
import { commitOffsets, expiredOffsets } from './offsets.ts';
import { groupWorld } from './testing/group-world.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const ADMINISTRATOR = {
  memberId: '',
  generationId: -1,
  instanceId: null,
  retentionMs: -1,
  apiVersion: 10,
  isTransactional: false,
};
const at = (offset: number, metadata: string | null = null) => ({
  topic: 'orders',
  topicId: ZERO_UUID,
  partition: 0,
  offset,
  leaderEpoch: 3,
  metadata,
});

function consumerOf(topic: string): Member {
  const subscription = encode(consumerProtocolSubscription, 1, { topics: [topic] }, 2);
  subscription.writeInt16BE(1, 0);
  return new Member({
    id: 'm',
    instanceId: null,
    clientId: 'app',
    clientHost: '/127.0.0.1',
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 10_000,
    protocols: [{ name: 'range', metadata: subscription }],
  });
}

test('offsets count once they are written', async () => {
  const { group, world } = groupWorld();
  expect(await commitOffsets(group, ADMINISTRATOR, [at(5, 'by hand')])).toEqual([ERROR.NONE]);
  expect(group.offsets.get('orders')?.get(0)).toMatchObject({
    offset: 5,
    leaderEpoch: 3,
    metadata: 'by hand',
  });
  world.appendError = ERROR.NOT_COORDINATOR;
  expect(await commitOffsets(group, ADMINISTRATOR, [at(9)])).toEqual([ERROR.NOT_COORDINATOR]);
  expect(group.offsets.get('orders')?.get(0)?.offset).toBe(5);
});

test('too much metadata is refused for that partition alone', async () => {
  const { group } = groupWorld();
  const offsets = [at(1, 'a very long note'), { ...at(2), partition: 1 }];
  expect(await commitOffsets(group, ADMINISTRATOR, offsets)).toEqual([
    ERROR.OFFSET_METADATA_TOO_LARGE,
    ERROR.NONE,
  ]);
});

test('who may commit', () => {
  const { group } = groupWorld();
  expect(commitError(group, ADMINISTRATOR, [])).toBe(ERROR.NONE);
  group.add(consumerOf('orders'));
  group.generation = 4;
  group.enter('Stable');
  expect(commitError(group, ADMINISTRATOR, [])).toBe(ERROR.UNKNOWN_MEMBER_ID);
  const member = { ...ADMINISTRATOR, memberId: 'm', generationId: 4 };
  expect(commitError(group, member, [])).toBe(ERROR.NONE);
  expect(commitError(group, { ...member, generationId: 3 }, [])).toBe(ERROR.ILLEGAL_GENERATION);
  expect(commitError(group, { ...member, memberId: 'stranger' }, [])).toBe(ERROR.UNKNOWN_MEMBER_ID);
  group.enter('CompletingRebalance');
  expect(commitError(group, member, [])).toBe(ERROR.REBALANCE_IN_PROGRESS);
  group.enter('Dead');
  expect(commitError(group, member, [])).toBe(ERROR.COORDINATOR_NOT_AVAILABLE);
});

test('offsets of a group without members expire, those still read do not', async () => {
  const { group } = groupWorld();
  await commitOffsets(group, ADMINISTRATOR, [at(5), { ...at(6), topic: 'payments' }]);
  const later = (ms: number) => expiredOffsets(group, Date.now() + ms).map(({ topic }) => topic);
  expect(later(59_999)).toEqual([]);
  expect(later(60_000)).toEqual(['orders', 'payments']);
  group.add(consumerOf('orders'));
  group.protocolType = 'consumer';
  group.protocol = 'range';
  group.enter('Stable');
  expect(later(60_000)).toEqual(['payments']);
  group.enter('Empty', Date.now() + 30_000); // The time counts from when the last member left.
  expect(later(89_999)).toEqual([]);
  expect(later(90_000)).toEqual(['orders', 'payments']);
});

test('a client of old says itself how long its offsets are kept', async () => {
  const { group } = groupWorld();
  await commitOffsets(group, { ...ADMINISTRATOR, retentionMs: 500 }, [at(5)]);
  expect(expiredOffsets(group, Date.now() + 499)).toEqual([]);
  expect(expiredOffsets(group, Date.now() + 500)).toHaveLength(1);
});
