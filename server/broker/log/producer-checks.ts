import { ERROR } from '../../protocol/errors.ts';

export const MAX_SEQUENCE = 0x7fff_ffff;
/** Clients of transactions version 2 get a new epoch with every transaction (KIP-890). */
const EPOCH_BUMPING_VERSION = 2;
const LAST_EPOCH = 0x7fff;

/** The part of a batch that idempotence looks at. */
export interface ProducedBatch {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  /** Records − 1. */
  readonly lastOffsetDelta: number;
  readonly baseOffset: number;
  readonly maxTimestamp: number;
  readonly isTransactional: boolean;
}

/** The end of a transaction, as a control record tells it. */
export interface TransactionMarker {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  readonly commits: boolean;
  readonly offset: number;
  readonly timestamp: number;
}

export type SequenceVerdict =
  | { readonly kind: 'next' }
  /** It is in the log already, there. */
  | { readonly kind: 'duplicate'; readonly baseOffset: number; readonly timestamp: number }
  | { readonly kind: 'refused'; readonly errorCode: number; readonly errorMessage: string };

/** What is known of the producer that wants to append. -1s for one that is not known. */
export interface AppendingProducer {
  readonly epoch: number;
  readonly coordinatorEpoch: number;
  readonly lastSequence: number;
  readonly hasBatches: boolean;
  readonly hasTransaction: boolean;
}

interface BatchAppend {
  readonly nextOffset: number;
  readonly partitionName: string;
  readonly origin: 'client' | 'coordinator';
  readonly isVerified: boolean;
  readonly verification: { readonly bumpsEpochs: boolean; readonly lowestSequence: number } | undefined;
}

const NEXT: SequenceVerdict = { kind: 'next' };

/** The rules of Kafka's UnifiedLog and ProducerAppendInfo for a batch that is no duplicate, in their order and words. */
export function checkProducedBatch(
  batch: ProducedBatch,
  producer: AppendingProducer,
  append: BatchAppend,
): SequenceVerdict {
  const { producerId, producerEpoch } = batch;
  const isOngoing = producer.hasTransaction && producer.epoch === producerEpoch;
  if (batch.isTransactional && !isOngoing) {
    if (producerEpoch < producer.epoch) {
      return refused(
        ERROR.INVALID_PRODUCER_EPOCH,
        `Epoch of producer ${producerId} is ${producerEpoch}, which is smaller than the last seen epoch ${producer.epoch}`,
      );
    }
    if (!append.isVerified) {
      return refused(ERROR.INVALID_TXN_STATE, 'Record was not part of an ongoing transaction');
    }
  }
  if (producerEpoch < producer.epoch) {
    return refused(
      ERROR.INVALID_PRODUCER_EPOCH,
      `Epoch of producer ${producerId} at offset ${append.nextOffset} in ${append.partitionName} is ${producerEpoch}, which is < the last seen epoch ${producer.epoch} (TV-1)`,
    );
  }
  if (append.origin === 'client') {
    const problem = sequenceProblem(batch, producer, append);
    if (problem !== null) return refused(ERROR.OUT_OF_ORDER_SEQUENCE_NUMBER, problem);
  }
  if (producer.hasTransaction && !batch.isTransactional) {
    return refused(
      ERROR.INVALID_TXN_STATE,
      `Expected transactional write from producer ${producerId} at offset (offset=${append.nextOffset}, segment=[-1:-1]) in partition ${append.partitionName}`,
    );
  }
  return NEXT;
}

/** The rules for a marker. One that comes again after its transaction has ended is harmless. */
export function checkMarker(
  marker: TransactionMarker,
  transactionVersion: number,
  producer: AppendingProducer,
  { nextOffset, partitionName }: { readonly nextOffset: number; readonly partitionName: string },
): SequenceVerdict {
  const { producerId, producerEpoch, coordinatorEpoch } = marker;
  const bumps = transactionVersion >= EPOCH_BUMPING_VERSION;
  const comesAgain =
    bumps && producerEpoch === producer.epoch && (!producer.hasTransaction || producerEpoch === LAST_EPOCH);
  const isOld = bumps ? producerEpoch <= producer.epoch : producerEpoch < producer.epoch;
  if (isOld && !comesAgain) {
    return refused(
      ERROR.INVALID_PRODUCER_EPOCH,
      `Epoch of producer ${producerId} at offset ${nextOffset} in ${partitionName} is ${producerEpoch}, which is ${bumps ? '<=' : '<'} the last seen epoch ${producer.epoch} (TV${transactionVersion})`,
    );
  }
  if (producer.coordinatorEpoch > coordinatorEpoch) {
    return refused(
      ERROR.TRANSACTION_COORDINATOR_FENCED,
      `Invalid coordinator epoch for producerId ${producerId} at offset ${nextOffset} in partition ${partitionName}: ${coordinatorEpoch} (zombie), ${producer.coordinatorEpoch} (current)`,
    );
  }
  return NEXT;
}

/** Sequence numbers go round to 0 after the largest 32-bit integer. */
export function sequenceAfter(sequence: number, count: number): number {
  const sum = sequence + count;
  return sum > MAX_SEQUENCE ? sum - MAX_SEQUENCE - 1 : sum;
}

function sequenceProblem(
  { producerId, producerEpoch, baseSequence }: ProducedBatch,
  producer: AppendingProducer,
  { nextOffset, partitionName, verification }: BatchAppend,
): string | null {
  const where = `offset ${nextOffset} in partition ${partitionName}`;
  if (verification?.bumpsEpochs && baseSequence !== 0 && !producer.hasBatches) {
    return `Invalid sequence number for producer ${producerId} at ${where}: ${baseSequence} (incoming seq. number). Expected sequence 0 for transactions v2 idempotent producer with no existing state.`;
  }
  if (verification !== undefined && baseSequence > verification.lowestSequence) {
    return `Out of order sequence number for producer ${producerId} at ${where}: ${baseSequence} (incoming seq. number), ${verification.lowestSequence} (earliest seen sequence)`;
  }
  // What a producer wrote may all have been deleted: one that is not known goes on where it is.
  if (producer.epoch < 0) return null;
  if (producerEpoch !== producer.epoch) {
    if (baseSequence === 0) return null;
    return `Invalid sequence number for new epoch of producer ${producerId}at ${where}: ${producerEpoch} (request epoch), ${baseSequence} (seq. number), ${producer.epoch} (current producer epoch)`;
  }
  if (baseSequence === sequenceAfter(producer.lastSequence, 1)) return null;
  return `Out of order sequence number for producer ${producerId} at ${where}: ${baseSequence} (incoming seq. number), ${producer.lastSequence} (current end sequence number)`;
}

function refused(errorCode: number, errorMessage: string): SequenceVerdict {
  return { kind: 'refused', errorCode, errorMessage };
}
