import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ERROR } from '../../../../protocol/errors.ts';
import { GroupRefusal } from '../../group-refusal.ts';
import { DELIVERY_STATE, type ShareState } from '../state/share-state.ts';
import type { ShareStateChange } from '../state/share-state-records.ts';
import { ACKNOWLEDGE, SharePartition } from './share-partition.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const FRESH: ShareState = {
  snapshotEpoch: 0,
  stateEpoch: 1,
  leaderEpoch: 0,
  startOffset: 0,
  deliveryCompleteCount: 0,
  batches: [],
  createdAtMs: 0,
  writtenAtMs: 0,
};

function world(state: Partial<ShareState> = {}, maxRecordLocks = 2000) {
  const written: Omit<ShareStateChange, 'leaderEpoch'>[] = [];
  const wakes = { count: 0, refuse: false };
  const share = new SharePartition({ ...FRESH, ...state }, state.startOffset ?? 0, {
    settings: () => ({ lockDurationMs: 30_000, deliveryCountLimit: 3, maxRecordLocks, renewEnabled: true }),
    async write(change) {
      if (wakes.refuse) throw new GroupRefusal(ERROR.COORDINATOR_NOT_AVAILABLE, 'not now');
      written.push(change);
    },
    onAvailable: () => {
      wakes.count += 1;
    },
  });
  return { share, written, wakes };
}

const batch = (baseOffset: number, lastOffset: number, isAborted = false) => ({
  baseOffset,
  lastOffset,
  isAborted,
});
const all = (firstOffset: number, lastOffset: number, type: number) => ({
  firstOffset,
  lastOffset,
  types: [type],
});

test('a record is one member’s at a time, and whole batches are given out until there are enough', () => {
  const { share } = world();
  const acquired = share.acquire('a', 0, [batch(0, 4), batch(5, 9), batch(10, 14)], 7, false);
  expect(acquired).toEqual([{ firstOffset: 0, lastOffset: 9, deliveryCount: 1 }]);
  expect(share.nextFetchOffset).toBe(10);
  expect(share.acquire('b', 0, [batch(0, 4), batch(5, 9), batch(10, 14)], 7, true)).toEqual([
    { firstOffset: 10, lastOffset: 14, deliveryCount: 1 },
  ]);
});

test('what is accepted or rejected moves the start on, what is released comes again', async () => {
  const { share, written, wakes } = world();
  share.acquire('a', 0, [batch(0, 3)], 10, false);
  const types = [ACKNOWLEDGE.accept, ACKNOWLEDGE.release, ACKNOWLEDGE.reject, ACKNOWLEDGE.accept];
  await share.acknowledge('a', [{ firstOffset: 0, lastOffset: 3, types }]);
  expect(written).toEqual([
    {
      startOffset: 0,
      deliveryCompleteCount: 3,
      batches: [
        { firstOffset: 0, lastOffset: 0, deliveryState: DELIVERY_STATE.acknowledged, deliveryCount: 1 },
        { firstOffset: 1, lastOffset: 1, deliveryState: DELIVERY_STATE.available, deliveryCount: 1 },
        { firstOffset: 2, lastOffset: 2, deliveryState: DELIVERY_STATE.archived, deliveryCount: 1 },
        { firstOffset: 3, lastOffset: 3, deliveryState: DELIVERY_STATE.acknowledged, deliveryCount: 1 },
      ],
    },
  ]);
  expect(share.startOffset).toBe(1);
  expect(wakes.count).toBe(1);
  expect(share.acquire('b', 1, [batch(0, 3)], 10, false)).toEqual([
    { firstOffset: 1, lastOffset: 1, deliveryCount: 2 },
  ]);
  await share.acknowledge('b', [all(1, 1, ACKNOWLEDGE.accept)]);
  expect(share.startOffset).toBe(4);
  expect(share.nextFetchOffset).toBe(4);
});

test('a lock runs out, a renewed one later, and after the last delivery a record is given up', async () => {
  const { share } = world();
  share.acquire('a', 0, [batch(0, 0)], 1, false);
  await vi.advanceTimersByTimeAsync(20_000);
  await share.acknowledge('a', [all(0, 0, ACKNOWLEDGE.renew)]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(share.nextFetchOffset).toBe(1);
  await vi.advanceTimersByTimeAsync(10_001);
  expect(share.nextFetchOffset).toBe(0);
  for (const deliveryCount of [2, 3]) {
    expect(share.acquire('b', 0, [batch(0, 0)], 1, false)).toEqual([
      { firstOffset: 0, lastOffset: 0, deliveryCount },
    ]);
    await vi.advanceTimersByTimeAsync(30_001);
  }
  expect(share.startOffset).toBe(1);
});

test('only who holds a record may acknowledge it, and all of a request counts or nothing', async () => {
  const { share, written } = world();
  share.acquire('a', 0, [batch(0, 1)], 10, false);
  share.acquire('b', 2, [batch(2, 3)], 10, false);
  const refused = async (who: string, ...acknowledgements: Parameters<SharePartition['acknowledge']>[1]) => {
    try {
      await share.acknowledge(who, acknowledgements);
      return null;
    } catch (error) {
      return error instanceof GroupRefusal ? error.errorCode : error;
    }
  };
  expect(await refused('a', all(0, 3, ACKNOWLEDGE.accept))).toBe(ERROR.INVALID_RECORD_STATE);
  expect(await refused('a', all(4, 5, ACKNOWLEDGE.accept))).toBe(ERROR.INVALID_REQUEST);
  expect(written).toEqual([]);
  expect(await refused('a', all(0, 1, ACKNOWLEDGE.accept))).toBe(null);
  expect(await refused('b', all(0, 1, ACKNOWLEDGE.accept))).toBe(null); // Done long ago: no harm.
  expect(await refused('b', all(2, 3, ACKNOWLEDGE.accept))).toBe(null);
  expect(share.startOffset).toBe(4);
});

test('what can’t be written down has not happened', async () => {
  const { share, wakes } = world();
  share.acquire('a', 0, [batch(0, 1)], 10, false);
  wakes.refuse = true;
  await expect(share.acknowledge('a', [all(0, 1, ACKNOWLEDGE.accept)])).rejects.toThrow('not now');
  wakes.refuse = false;
  await share.acknowledge('a', [all(0, 1, ACKNOWLEDGE.accept)]);
  expect(share.startOffset).toBe(2);
});

test('a member that goes leaves its records to others', async () => {
  const { share } = world();
  share.acquire('a', 0, [batch(0, 1)], 10, false);
  share.acquire('b', 2, [batch(2, 3)], 10, false);
  await share.release('a');
  expect(share.nextFetchOffset).toBe(0);
  expect(share.acquire('c', 0, [batch(0, 1), batch(2, 3)], 10, false)).toEqual([
    { firstOffset: 0, lastOffset: 1, deliveryCount: 2 },
  ]);
});

test('no more records are locked than the group may hold', () => {
  const { share } = world({}, 3);
  expect(share.acquire('a', 0, [batch(0, 9)], 10, false)).toEqual([
    { firstOffset: 0, lastOffset: 2, deliveryCount: 1 },
  ]);
  expect(share.nextFetchOffset).toBe(null);
});

test('gaps in the log and aborted transactions are passed over', () => {
  const { share } = world();
  const batches = [batch(2, 3), batch(4, 5, true), batch(8, 9)];
  expect(share.acquire('a', 0, batches, 10, false)).toEqual([
    { firstOffset: 2, lastOffset: 3, deliveryCount: 1 },
    { firstOffset: 8, lastOffset: 9, deliveryCount: 1 },
  ]);
  expect(share.startOffset).toBe(2);
});

test('the next leader goes on from what was written', () => {
  const { share } = world({
    startOffset: 5,
    batches: [
      { firstOffset: 5, lastOffset: 6, deliveryState: DELIVERY_STATE.acknowledged, deliveryCount: 1 },
      { firstOffset: 8, lastOffset: 8, deliveryState: DELIVERY_STATE.available, deliveryCount: 2 },
      { firstOffset: 9, lastOffset: 9, deliveryState: DELIVERY_STATE.archived, deliveryCount: 1 },
    ],
  });
  expect(share.startOffset).toBe(7);
  expect(share.acquire('a', 7, [batch(5, 12)], 10, false)).toEqual([
    { firstOffset: 7, lastOffset: 7, deliveryCount: 1 },
    { firstOffset: 8, lastOffset: 8, deliveryCount: 3 },
    { firstOffset: 10, lastOffset: 12, deliveryCount: 1 },
  ]);
});

test('retention moves the start on', () => {
  const { share } = world();
  share.acquire('a', 0, [batch(0, 1)], 10, false);
  share.logStartsAt(5);
  expect(share.startOffset).toBe(5);
  expect(share.nextFetchOffset).toBe(5);
});
