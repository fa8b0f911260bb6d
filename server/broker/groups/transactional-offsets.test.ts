import { expect, test } from 'vitest';
import { TransactionalOffsets } from './transactional-offsets.ts';

const at = (offset: number) => ({
  offset,
  leaderEpoch: -1,
  metadata: '',
  committedAtMs: 1,
  expiresAtMs: null,
  topicId: null,
});

const offsetsOf = (ended: { readonly committed: { readonly offset: number } }[]) =>
  ended.map(({ committed }) => committed.offset);

test('offsets are unstable until the transaction has ended, and count when it is committed', () => {
  const pending = new TransactionalOffsets();
  pending.add(1, 'shop', 'orders', 0, at(5));
  pending.add(1, 'shop', 'orders', 1, at(6));
  pending.add(2, 'shop', 'orders', 2, at(7));
  expect(pending.isUnstable('shop', 'orders', 0)).toBe(true);
  expect(pending.isUnstable('shop', 'orders', 3)).toBe(false);
  expect(pending.isUnstable('other', 'orders', 0)).toBe(false);
  expect(offsetsOf(pending.end(1, true))).toEqual([5, 6]);
  expect(pending.isUnstable('shop', 'orders', 0)).toBe(false);
  expect(pending.hasGroup('shop')).toBe(true);
  expect(pending.end(2, false)).toEqual([]);
  expect(pending.hasGroup('shop')).toBe(false);
});

test('what was written later holds, whichever transaction ends first', () => {
  const pending = new TransactionalOffsets();
  pending.add(1, 'shop', 'orders', 0, at(5));
  pending.add(2, 'shop', 'orders', 0, at(9));
  expect(offsetsOf(pending.end(2, true))).toEqual([9]);
  expect(pending.isUnstable('shop', 'orders', 0)).toBe(true);
  expect(offsetsOf(pending.end(1, true))).toEqual([]);
});

test('an offset committed outside of the transaction meanwhile holds', () => {
  const pending = new TransactionalOffsets();
  pending.add(1, 'shop', 'orders', 0, at(5));
  pending.supersede('shop', 'orders', 0);
  expect(offsetsOf(pending.end(1, true))).toEqual([]);
});

test('what is deleted, or could not be written, is gone', () => {
  const pending = new TransactionalOffsets();
  const undo = pending.add(1, 'shop', 'orders', 0, at(5));
  pending.add(1, 'shop', 'orders', 1, at(6));
  undo();
  pending.drop('shop', 'orders', 1);
  expect(pending.partitionsOf('shop')).toEqual([]);
  expect(pending.end(1, true)).toEqual([]);
});
