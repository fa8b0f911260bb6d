import { describe, expect, test } from 'vitest';
import { ERROR } from '../../protocol/errors.ts';
import type { ProducedBatch, TransactionMarker } from './producer-checks.ts';
import { type Append, ProducerState } from './producer-state.ts';

function batch(baseSequence: number, count = 1, producerEpoch = 0, more: Partial<ProducedBatch> = {}) {
  return {
    producerId: 5,
    producerEpoch,
    baseSequence,
    lastOffsetDelta: count - 1,
    baseOffset: baseSequence,
    maxTimestamp: 1,
    isTransactional: false,
    ...more,
  };
}

function transactional(baseSequence: number, baseOffset: number, producerEpoch = 0, producerId = 5) {
  return batch(baseSequence, 1, producerEpoch, { isTransactional: true, baseOffset, producerId });
}

function marker(offset: number, more: Partial<TransactionMarker> = {}): TransactionMarker {
  const rest = { producerEpoch: 0, coordinatorEpoch: 0, commits: true, timestamp: 1 };
  return { producerId: 5, offset, ...rest, ...more };
}

function afterBatches(...batches: ProducedBatch[]): ProducerState {
  const state = new ProducerState();
  for (const each of batches) state.record(each);
  return state;
}

function judge(state: ProducerState, produced: ProducedBatch, append: Partial<Append> = {}) {
  const usual = {
    nextOffset: 100,
    partitionName: 't-0',
    origin: 'client',
    guard: null,
    verifies: true,
  } as const;
  return state.judge(produced, { ...usual, ...append });
}

const refusedWith = (errorCode: number) => ({ kind: 'refused', errorCode });

describe('what an idempotent producer sends', () => {
  test('an unknown producer may begin anywhere', () => {
    expect(judge(new ProducerState(), batch(42)).kind).toBe('next');
  });

  test('the next sequence is taken, a gap is not', () => {
    const state = afterBatches(batch(0, 10));
    expect(judge(state, batch(10)).kind).toBe('next');
    expect(judge(state, batch(11))).toMatchObject(refusedWith(ERROR.OUT_OF_ORDER_SEQUENCE_NUMBER));
  });

  test('the last five batches are known when they come again, older ones are not', () => {
    const state = afterBatches(...[0, 1, 2, 3, 4, 5].map((sequence) => batch(sequence)));
    expect(judge(state, batch(1))).toMatchObject({ kind: 'duplicate', baseOffset: 1 });
    expect(judge(state, batch(0)).kind).toBe('refused');
  });

  test('a new epoch begins at sequence 0, an old one is fenced', () => {
    const state = afterBatches(batch(0, 3, 1));
    expect(judge(state, batch(0, 1, 2)).kind).toBe('next');
    expect(judge(state, batch(3, 1, 2)).kind).toBe('refused');
    expect(judge(state, batch(3, 1, 0))).toMatchObject(refusedWith(ERROR.INVALID_PRODUCER_EPOCH));
  });

  test('sequences go round after the largest integer', () => {
    const state = afterBatches(batch(0x7fff_fffe, 2));
    expect(judge(state, batch(0)).kind).toBe('next');
  });

  test('survives a snapshot, a damaged one is noticed', () => {
    const snapshot = afterBatches(batch(3, 4)).toSnapshot();
    const state = new ProducerState();
    expect(state.loadSnapshot(snapshot)).toBe(true);
    expect(judge(state, batch(3, 4))).toMatchObject({ kind: 'duplicate', baseOffset: 3 });
    expect(judge(state, batch(7)).kind).toBe('next');
    snapshot[12]! ^= 1;
    expect(state.loadSnapshot(snapshot)).toBe(false);
    expect(state.size).toBe(0);
  });

  test('silent producers are forgotten, those with an open transaction are not', () => {
    const state = afterBatches(batch(0), transactional(0, 1, 0, 6));
    state.expireUpTo(0);
    expect(state.size).toBe(2);
    state.expireUpTo(1);
    expect([...state.active()].map(({ producerId }) => producerId)).toEqual([6]);
  });
});

describe('transactions', () => {
  test('the first record needs a proof that the coordinator knows of it, those after it do not', () => {
    const state = new ProducerState();
    const first = transactional(0, 10);
    expect(judge(state, first)).toMatchObject(refusedWith(ERROR.INVALID_TXN_STATE));
    expect(judge(state, first, { verifies: false }).kind).toBe('next');
    const guard = state.startVerification(5, 0, 0, true, 1);
    expect(judge(state, first, { guard }).kind).toBe('next');
    state.record(first);
    expect(state.startVerification(5, 1, 0, true, 1)).toBeNull();
    expect(judge(state, transactional(1, 11)).kind).toBe('next');
    expect(judge(state, batch(1))).toMatchObject(refusedWith(ERROR.INVALID_TXN_STATE));
  });

  test('a proof is of no use once the transaction it was for has ended', () => {
    const state = new ProducerState();
    const guard = state.startVerification(5, 0, 0, false, 1);
    state.recordMarker(marker(10, { producerEpoch: 1 }));
    const late = judge(state, transactional(0, 11, 1), { guard });
    expect(late).toMatchObject(refusedWith(ERROR.INVALID_TXN_STATE));
  });

  test('with new epochs for every transaction, the marker of the one before leaves the proof for the next', () => {
    const state = afterBatches(transactional(0, 10, 0));
    const guard = state.startVerification(5, 0, 1, true, 1);
    state.recordMarker(marker(11, { producerEpoch: 1 }));
    expect(judge(state, transactional(0, 12, 1), { guard }).kind).toBe('next');
  });

  test('of records that wait to be verified the lowest sequence is written first', () => {
    const state = afterBatches(batch(0, 3));
    const guard = state.startVerification(5, 5, 0, false, 1);
    state.startVerification(5, 3, 0, false, 1);
    const ahead = judge(state, transactional(5, 12), { guard });
    expect(ahead).toMatchObject(refusedWith(ERROR.OUT_OF_ORDER_SEQUENCE_NUMBER));
    expect(judge(state, transactional(3, 12), { guard }).kind).toBe('next');
  });

  test('with new epochs for every transaction, a producer that is not known begins at 0', () => {
    const state = new ProducerState();
    const guard = state.startVerification(5, 7, 0, true, 1);
    expect(judge(state, transactional(7, 0), { guard })).toMatchObject({
      errorCode: ERROR.OUT_OF_ORDER_SEQUENCE_NUMBER,
      errorMessage:
        'Invalid sequence number for producer 5 at offset 100 in partition t-0: 7 (incoming seq. number). Expected sequence 0 for transactions v2 idempotent producer with no existing state.',
    });
  });

  test('offsets are unstable from the first open transaction until its end is replicated', () => {
    const state = afterBatches(transactional(0, 10), transactional(0, 11, 0, 6));
    expect(state.firstUnstableOffset(12)).toBe(10);
    const ended = state.recordMarker(marker(12, { commits: false }));
    expect(ended).toEqual({
      producerId: 5,
      firstOffset: 10,
      lastOffset: 12,
      aborted: true,
      lastStableOffset: 11,
    });
    expect(state.firstUnstableOffset(12)).toBe(10);
    expect(state.firstUnstableOffset(13)).toBe(11);
    state.recordMarker(marker(13, { producerId: 6 }));
    expect(state.firstUnstableOffset(14)).toBe(Number.POSITIVE_INFINITY);
  });

  test('a marker of an old producer epoch or an old coordinator is refused', () => {
    const state = afterBatches(transactional(0, 10, 3));
    const where = { nextOffset: 11, partitionName: 't-0' };
    const verdict = (version: number, more: Partial<TransactionMarker>) =>
      state.judgeMarker(marker(11, more), version, where);
    expect(verdict(0, { producerEpoch: 2 })).toMatchObject(refusedWith(ERROR.INVALID_PRODUCER_EPOCH));
    expect(verdict(0, { producerEpoch: 3 }).kind).toBe('next');
    expect(verdict(2, { producerEpoch: 3 })).toMatchObject(refusedWith(ERROR.INVALID_PRODUCER_EPOCH));
    expect(verdict(2, { producerEpoch: 4 }).kind).toBe('next');
    state.recordMarker(marker(11, { producerEpoch: 4, coordinatorEpoch: 8 }));
    expect(verdict(2, { producerEpoch: 4, coordinatorEpoch: 8 }).kind).toBe('next');
    expect(verdict(2, { producerEpoch: 5, coordinatorEpoch: 7 })).toMatchObject(
      refusedWith(ERROR.TRANSACTION_COORDINATOR_FENCED),
    );
  });

  test('open transactions survive a snapshot', () => {
    const before = afterBatches(transactional(0, 20, 0, 6));
    before.record(transactional(0, 21));
    const state = new ProducerState();
    state.loadSnapshot(before.toSnapshot());
    expect(state.firstUnstableOffset(30)).toBe(20);
    expect(state.recordMarker(marker(22, { producerId: 6 }))).toMatchObject({ firstOffset: 20 });
    expect(state.firstUnstableOffset(30)).toBe(21);
  });
});
