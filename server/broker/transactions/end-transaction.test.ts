import { describe, expect, test } from 'vitest';
import { ERROR } from '../../protocol/errors.ts';
import { decideEnd, type EndDecision, type EndTransaction } from './end-transaction.ts';
import { partitionSet, TransactionMetadata, type TransactionValues } from './transaction-metadata.ts';
import type { TransactionState } from './transaction-state.ts';

const PRODUCER = 7;

function metadata(state: TransactionState, more: Partial<TransactionValues> = {}): TransactionMetadata {
  const fresh = TransactionMetadata.fresh('id', PRODUCER, 60_000, 1).now;
  const partitions = partitionSet(state === 'Ongoing' ? [{ topic: 't', partition: 0 }] : []);
  return new TransactionMetadata('id', {
    ...fresh,
    producerEpoch: 5,
    state,
    partitions,
    startedAt: 1,
    ...more,
  });
}

function decide(known: TransactionMetadata, request: Partial<EndTransaction> = {}): EndDecision {
  const usual = {
    producerId: PRODUCER,
    producerEpoch: 5,
    commits: true,
    isFromClient: true,
    clientVersion: 2,
  };
  return decideEnd(known, { ...usual, ...request } as EndTransaction, 100, () => 99);
}

const answered = (errorCode: number) => ({ kind: 'answered', errorCode });
const written = (values: Partial<TransactionValues>, isFence = false) => ({ kind: 'write', values, isFence });

describe('clients of transactions version 2', () => {
  test('get the next epoch with the end', () => {
    expect(decide(metadata('Ongoing'))).toMatchObject(
      written({ state: 'PrepareCommit', producerEpoch: 6, lastProducerEpoch: 5, producerId: PRODUCER }),
    );
  });

  test('that ask again with the epoch before are told how it stands', () => {
    const asked = (state: TransactionState) =>
      metadata(state, { producerEpoch: 6, previousProducerId: PRODUCER });
    expect(decide(asked('PrepareCommit'))).toEqual(answered(ERROR.CONCURRENT_TRANSACTIONS));
    expect(decide(asked('CompleteCommit'))).toEqual(answered(ERROR.NONE));
    expect(decide(asked('CompleteAbort'))).toEqual(answered(ERROR.INVALID_TXN_STATE));
    expect(decide(asked('PrepareCommit'), { producerEpoch: 6 })).toEqual(answered(ERROR.PRODUCER_FENCED));
  });

  test('may abort without a partition, but not commit', () => {
    for (const state of ['Empty', 'CompleteCommit', 'CompleteAbort'] as const) {
      expect(decide(metadata(state))).toEqual(answered(ERROR.INVALID_TXN_STATE));
      expect(decide(metadata(state), { commits: false })).toMatchObject(
        written({ state: 'PrepareAbort', producerEpoch: 6, startedAt: 100 }),
      );
    }
  });

  test('get a new producer id when the epochs are used up, and are known again by the last one', () => {
    const last = 0x7ffe;
    const used = metadata('Ongoing', { producerEpoch: last });
    const decision = decide(used, { producerEpoch: last });
    expect(decision).toMatchObject(written({ nextProducerId: 99, producerEpoch: last + 1 }));
    if (decision.kind !== 'write') throw new Error('nothing to write');
    used.complete(decision.values);
    used.complete(used.prepareComplete(200));
    expect(used.now).toMatchObject({ producerId: 99, producerEpoch: 0, previousProducerId: PRODUCER });
    expect(decide(used, { producerEpoch: last })).toEqual(answered(ERROR.NONE));
  });
});

describe('clients of transactions version 1', () => {
  const old = { clientVersion: 0 } as const;

  test('keep their epoch', () => {
    expect(decide(metadata('Ongoing'), old)).toMatchObject(
      written({ state: 'PrepareCommit', producerEpoch: 5 }),
    );
    expect(decide(metadata('CompleteCommit'), old)).toEqual(answered(ERROR.NONE));
    expect(decide(metadata('CompleteAbort'), old)).toEqual(answered(ERROR.INVALID_TXN_STATE));
    expect(decide(metadata('Empty'), { ...old, commits: false })).toEqual(answered(ERROR.INVALID_TXN_STATE));
  });

  test('of another id or epoch are refused', () => {
    expect(decide(metadata('Ongoing'), { ...old, producerId: 8 })).toEqual(
      answered(ERROR.INVALID_PRODUCER_ID_MAPPING),
    );
    expect(decide(metadata('Ongoing'), { ...old, producerEpoch: 4 })).toEqual(
      answered(ERROR.PRODUCER_FENCED),
    );
    expect(decide(metadata('Ongoing'), { ...old, producerEpoch: 6 })).toEqual(
      answered(ERROR.PRODUCER_FENCED),
    );
  });
});

describe('the coordinator itself', () => {
  test.each([0, 2] as const)('fences before it aborts (version %i)', (clientVersion) => {
    const known = metadata('Ongoing');
    const fence = known.prepareFence();
    expect(fence.producerEpoch).toBe(6);
    const abort = { commits: false, isFromClient: false, clientVersion };
    const decision = decide(known, { ...abort, producerEpoch: fence.producerEpoch });
    expect(decision).toMatchObject(written({ state: 'PrepareAbort', producerEpoch: 6 }, true));
  });

  test('does not raise the epoch again when a fence could not be written', () => {
    const known = metadata('Ongoing');
    known.hasFailedEpochFence = true;
    expect(known.prepareFence().producerEpoch).toBe(5);
  });

  test('lets no other change begin while one is pending', () => {
    const known = metadata('Ongoing');
    const { producerEpoch } = known.now;
    known.prepareEnd('PrepareCommit', 2, -1, false, 100);
    expect(decide(known, { producerEpoch })).toEqual(answered(ERROR.CONCURRENT_TRANSACTIONS));
    expect(() => known.prepareFence()).toThrow(/can't go from Ongoing \(pending PrepareCommit\)/);
  });
});
