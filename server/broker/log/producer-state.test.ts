import { describe, expect, test } from 'vitest';
import { ERROR } from '../../protocol/errors.ts';
import { type ProducedBatch, ProducerState } from './producer-state.ts';

function batch(baseSequence: number, count = 1, producerEpoch = 0): ProducedBatch {
  const lastOffsetDelta = count - 1;
  return {
    producerId: 5,
    producerEpoch,
    baseSequence,
    lastOffsetDelta,
    baseOffset: baseSequence,
    maxTimestamp: 1,
  };
}

function afterBatches(...batches: ProducedBatch[]): ProducerState {
  const state = new ProducerState();
  for (const each of batches) state.record(each);
  return state;
}

describe('what an idempotent producer sends', () => {
  test('an unknown producer may begin anywhere', () => {
    expect(new ProducerState().judge(batch(42), 0, 't-0').kind).toBe('next');
  });

  test('the next sequence is taken, a gap is not', () => {
    const state = afterBatches(batch(0, 10));
    expect(state.judge(batch(10), 10, 't-0').kind).toBe('next');
    expect(state.judge(batch(11), 10, 't-0')).toMatchObject({
      kind: 'refused',
      errorCode: ERROR.OUT_OF_ORDER_SEQUENCE_NUMBER,
    });
  });

  test('the last five batches are known when they come again, older ones are not', () => {
    const state = afterBatches(...[0, 1, 2, 3, 4, 5].map((sequence) => batch(sequence)));
    expect(state.judge(batch(1), 6, 't-0')).toMatchObject({ kind: 'duplicate', baseOffset: 1 });
    expect(state.judge(batch(0), 6, 't-0').kind).toBe('refused');
  });

  test('a new epoch begins at sequence 0, an old one is fenced', () => {
    const state = afterBatches(batch(0, 3, 1));
    expect(state.judge(batch(0, 1, 2), 3, 't-0').kind).toBe('next');
    expect(state.judge(batch(3, 1, 2), 3, 't-0').kind).toBe('refused');
    expect(state.judge(batch(3, 1, 0), 3, 't-0')).toMatchObject({ errorCode: ERROR.INVALID_PRODUCER_EPOCH });
  });

  test('sequences go round after the largest integer', () => {
    const state = afterBatches(batch(0x7fff_fffe, 2));
    expect(state.judge(batch(0), 2, 't-0').kind).toBe('next');
  });

  test('survives a snapshot, a damaged one is noticed', () => {
    const snapshot = afterBatches(batch(3, 4)).toSnapshot();
    const state = new ProducerState();
    expect(state.loadSnapshot(snapshot)).toBe(true);
    expect(state.judge(batch(3, 4), 7, 't-0')).toMatchObject({ kind: 'duplicate', baseOffset: 3 });
    expect(state.judge(batch(7), 7, 't-0').kind).toBe('next');
    snapshot[12]! ^= 1;
    expect(state.loadSnapshot(snapshot)).toBe(false);
    expect(state.size).toBe(0);
  });

  test('silent producers are forgotten', () => {
    const state = afterBatches(batch(0));
    state.expireBefore(2);
    expect(state.size).toBe(0);
  });
});
