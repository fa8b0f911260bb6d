/** What the coordinator makes of a wish to end a transaction: Kafka's TransactionCoordinator, for both kinds of clients. */
import { ERROR } from '../../protocol/errors.ts';
import {
  type ClientTransactionVersion,
  isExhausted,
  type TransactionMetadata,
  type TransactionValues,
} from './transaction-metadata.ts';

const NO_ID = -1;

export interface EndTransaction {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly commits: boolean;
  /** False when the coordinator itself aborts: a timeout, or a new producer of the same transactional id. */
  readonly isFromClient: boolean;
  readonly clientVersion: ClientTransactionVersion;
}

export type EndDecision =
  /** Nothing is to be written: an error, or NONE for a request that had been served before. */
  | { readonly kind: 'answered'; readonly errorCode: number }
  | { readonly kind: 'write'; readonly values: TransactionValues; readonly isFence: boolean };

const answered = (errorCode: number): EndDecision => ({ kind: 'answered', errorCode });

/** @param nextProducerId makes a producer id for one whose epochs are used up */
export function decideEnd(
  metadata: TransactionMetadata,
  request: EndTransaction,
  now: number,
  nextProducerId: () => number,
): EndDecision {
  return request.clientVersion >= 2
    ? decideWithNewEpoch(metadata, request, now, nextProducerId)
    : decideInSameEpoch(metadata, request, now);
}

/** Whether the end is written down as asked: what is checked once more before markers are sent. */
export function problemAfterWriting(metadata: TransactionMetadata, request: EndTransaction): number {
  const { producerId, producerEpoch, state } = metadata.now;
  if (producerId !== request.producerId) return ERROR.INVALID_PRODUCER_ID_MAPPING;
  const isBumped = request.clientVersion >= 2 && producerEpoch === request.producerEpoch + 1;
  if (producerEpoch !== request.producerEpoch && !isBumped) return ERROR.PRODUCER_FENCED;
  if (metadata.pending !== null) return ERROR.CONCURRENT_TRANSACTIONS;
  return state === preparing(request) ? ERROR.NONE : ERROR.INVALID_TXN_STATE;
}

/** Transactions version 1: the epoch stays, so the state tells whether a request comes again. */
function decideInSameEpoch(metadata: TransactionMetadata, request: EndTransaction, now: number): EndDecision {
  const { producerId, producerEpoch, isFromClient, commits, clientVersion } = request;
  const { state } = metadata.now;
  if (metadata.now.producerId !== producerId) return answered(ERROR.INVALID_PRODUCER_ID_MAPPING);
  const isOther = producerEpoch !== metadata.now.producerEpoch;
  if ((isFromClient && isOther) || producerEpoch < metadata.now.producerEpoch) {
    return answered(ERROR.PRODUCER_FENCED);
  }
  const isFence = metadata.pending === 'PrepareEpochFence';
  if (metadata.pending !== null && !isFence) return answered(ERROR.CONCURRENT_TRANSACTIONS);
  if (state !== 'Ongoing') return answered(settledAnswer(state, commits, true));
  if (isFence && !commits) metadata.enterFence(producerEpoch);
  const values = metadata.prepareEnd(preparing(request), clientVersion, NO_ID, false, now);
  return { kind: 'write', values, isFence };
}

/** Transactions version 2: a request that comes again has the epoch before, and one without partitions may abort. */
function decideWithNewEpoch(
  metadata: TransactionMetadata,
  request: EndTransaction,
  now: number,
  nextProducerId: () => number,
): EndDecision {
  const { producerId, producerEpoch, commits, isFromClient, clientVersion } = request;
  const known = metadata.now;
  const isFence = metadata.pending === 'PrepareEpochFence';
  const hadLastEpoch = producerId === known.previousProducerId && isExhausted(producerEpoch);
  const overflowed = !isFence && hadLastEpoch && known.producerEpoch === 0;
  const comesAgain = overflowed || (!isFence && known.producerEpoch === producerEpoch + 1);
  if (metadata.pending !== null && !isFence) return answered(ERROR.CONCURRENT_TRANSACTIONS);
  if (known.producerId !== producerId && !overflowed) return answered(ERROR.INVALID_PRODUCER_ID_MAPPING);
  const isSame = producerEpoch === known.producerEpoch;
  const isValidFence = (!isFromClient || isSame) && producerEpoch >= known.producerEpoch;
  if (isFence ? !isValidFence : !isEpochOfState(known, isSame, comesAgain, overflowed)) {
    return answered(ERROR.PRODUCER_FENCED);
  }
  const withoutPartitions = known.state !== 'Ongoing';
  if (withoutPartitions && (commits || comesAgain || isPreparing(known))) {
    return answered(settledAnswer(known.state, commits, comesAgain));
  }
  const id = metadata.isEpochExhausted ? nextProducerId() : NO_ID;
  if (isFence && !commits) metadata.enterFence();
  const values = metadata.prepareEnd(preparing(request), clientVersion, id, withoutPartitions, now);
  return { kind: 'write', values, isFence };
}

function isEpochOfState(
  { state }: TransactionValues,
  isSame: boolean,
  comesAgain: boolean,
  overflowed: boolean,
): boolean {
  if (state === 'PrepareCommit' || state === 'PrepareAbort') return comesAgain && !overflowed;
  if (state === 'CompleteCommit' || state === 'CompleteAbort') return comesAgain || isSame;
  return isSame;
}

/** The answer when nothing is to be done in a state: a transaction that ends, or has ended, the same way or another. */
function settledAnswer(state: TransactionValues['state'], commits: boolean, comesAgain: boolean): number {
  if (state === (commits ? 'PrepareCommit' : 'PrepareAbort')) return ERROR.CONCURRENT_TRANSACTIONS;
  if (state === (commits ? 'CompleteCommit' : 'CompleteAbort') && comesAgain) return ERROR.NONE;
  return ERROR.INVALID_TXN_STATE;
}

function isPreparing({ state }: TransactionValues): boolean {
  return state === 'PrepareCommit' || state === 'PrepareAbort';
}

function preparing({ commits }: EndTransaction): 'PrepareCommit' | 'PrepareAbort' {
  return commits ? 'PrepareCommit' : 'PrepareAbort';
}
