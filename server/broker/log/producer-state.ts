import { type EndedTransaction, OpenTransactions } from './open-transactions.ts';
import {
  type AppendingProducer,
  checkMarker,
  checkProducedBatch,
  MAX_SEQUENCE,
  type ProducedBatch,
  type SequenceVerdict,
  sequenceAfter,
  type TransactionMarker,
} from './producer-checks.ts';
import { decodeProducerSnapshot, encodeProducerSnapshot } from './producer-snapshot.ts';
import { TransactionVerifications, type VerificationGuard } from './transaction-verification.ts';

/** A broker remembers this many batches of a producer, so that a resend of any of them is told from a new one. */
const BATCHES_KEPT = 5;

interface KeptBatch {
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly timestamp: number;
}

interface ProducerEntry {
  epoch: number;
  /** Of the last marker, -1 before the first. */
  coordinatorEpoch: number;
  /** Of the first record of its open transaction, -1 when it has none. */
  transactionStart: number;
  /** Oldest first. */
  batches: KeptBatch[];
  lastTimestamp: number;
}

/** A producer as DescribeProducers tells it. */
export interface ActiveProducer {
  readonly producerId: number;
  readonly epoch: number;
  readonly lastSequence: number;
  readonly lastTimestamp: number;
  readonly coordinatorEpoch: number;
  readonly transactionStart: number;
}

/** Where a batch is about to be appended, and by whom. */
export interface Append {
  readonly nextOffset: number;
  readonly partitionName: string;
  /** Brokers themselves write transactional records without sequences: the offsets that a transaction commits. */
  readonly origin: 'client' | 'coordinator';
  readonly guard: VerificationGuard | null;
  /** `transaction.partition.verification.enable` */
  readonly verifies: boolean;
}

/** What a partition knows of its idempotent and transactional producers (KIP-98). */
export class ProducerState {
  readonly #producers = new Map<number, ProducerEntry>();
  readonly #verifications = new TransactionVerifications();
  #transactions = new OpenTransactions();

  get size(): number {
    return this.#producers.size;
  }

  /** Whether a batch may be appended. */
  judge(batch: ProducedBatch, append: Append): SequenceVerdict {
    const producer = this.#producers.get(batch.producerId);
    if (append.origin === 'client' && producer?.epoch === batch.producerEpoch) {
      const lastSequence = lastSequenceOf(batch);
      const resent = producer.batches.find(
        (kept) => kept.firstSequence === batch.baseSequence && kept.lastSequence === lastSequence,
      );
      if (resent !== undefined) {
        return { kind: 'duplicate', baseOffset: resent.baseOffset, timestamp: resent.timestamp };
      }
    }
    const verification = this.#verifications.of(batch.producerId);
    return checkProducedBatch(batch, appending(producer), {
      ...append,
      isVerified: !append.verifies || (verification !== undefined && verification.guard === append.guard),
      verification,
    });
  }

  /** Whether a transaction's marker may be appended; `transactionVersion` is that of the client that ended it. */
  judgeMarker(
    marker: TransactionMarker,
    transactionVersion: number,
    append: Pick<Append, 'nextOffset' | 'partitionName'>,
  ): SequenceVerdict {
    return checkMarker(marker, transactionVersion, appending(this.#producers.get(marker.producerId)), append);
  }

  /** Null when the producer's transaction is open here, so that nothing is left to verify. */
  startVerification(
    producerId: number,
    sequence: number,
    epoch: number,
    bumpsEpochs: boolean,
    now: number,
  ): VerificationGuard | null {
    const producer = this.#producers.get(producerId);
    if (producer !== undefined && producer.transactionStart >= 0 && producer.epoch === epoch) return null;
    return this.#verifications.start(producerId, sequence, epoch, bumpsEpochs, now);
  }

  /** The last epoch seen of a producer, -1 for one that is not known. */
  epochOf(producerId: number): number {
    return this.#producers.get(producerId)?.epoch ?? -1;
  }

  /** Remembers a batch that is in the log. */
  record(batch: ProducedBatch): void {
    const producer = this.#of(batch.producerId, batch.producerEpoch);
    if (producer.batches.length === BATCHES_KEPT) producer.batches.shift();
    producer.batches.push({
      firstSequence: batch.baseSequence,
      lastSequence: lastSequenceOf(batch),
      baseOffset: batch.baseOffset,
      lastOffset: batch.baseOffset + batch.lastOffsetDelta,
      timestamp: batch.maxTimestamp,
    });
    producer.lastTimestamp = batch.maxTimestamp;
    if (!batch.isTransactional) return;
    if (producer.transactionStart < 0) {
      producer.transactionStart = batch.baseOffset;
      this.#transactions.begin(batch.producerId, batch.baseOffset);
    }
    this.#verifications.appended(batch.producerId, null);
  }

  /** Ends a transaction whose marker is in the log. Null when it had no records here. */
  recordMarker(marker: TransactionMarker): EndedTransaction | null {
    const producer = this.#of(marker.producerId, marker.producerEpoch);
    producer.coordinatorEpoch = marker.coordinatorEpoch;
    producer.lastTimestamp = marker.timestamp;
    producer.transactionStart = -1;
    this.#verifications.appended(marker.producerId, marker);
    return this.#transactions.end(marker.producerId, marker.offset, !marker.commits);
  }

  /** The first offset that is not decided, or whose decision is not below the high watermark; Infinity when there is none. */
  firstUnstableOffset(highWatermark: number): number {
    return this.#transactions.firstUnstableOffset(highWatermark);
  }

  /** Where each producer's last batch ends, -1 for one of which only a marker is known; compaction keeps these. */
  lastBatches(): Map<number, { readonly epoch: number; readonly lastOffset: number }> {
    const last = new Map<number, { epoch: number; lastOffset: number }>();
    for (const [producerId, { epoch, batches }] of this.#producers) {
      last.set(producerId, { epoch, lastOffset: batches.at(-1)?.lastOffset ?? -1 });
    }
    return last;
  }

  *active(): Generator<ActiveProducer> {
    for (const [producerId, { batches, epoch, lastTimestamp, ...rest }] of this.#producers) {
      const lastSequence = batches.at(-1)?.lastSequence ?? -1;
      yield { producerId, epoch, lastSequence, lastTimestamp, ...rest };
    }
  }

  /** Forgets producers whose last record is as old as `time` or older, but none with an open transaction. */
  expireUpTo(time: number): void {
    for (const [id, producer] of this.#producers) {
      if (producer.lastTimestamp <= time && producer.transactionStart < 0) this.#producers.delete(id);
    }
    this.#verifications.expireUpTo(time);
  }

  /** Kafka's `.snapshot` form: the last batch of each producer. */
  toSnapshot(): Buffer {
    return encodeProducerSnapshot(
      [...this.#producers].map(([producerId, producer]) => {
        const last = producer.batches.at(-1);
        return {
          producerId,
          epoch: producer.epoch,
          lastSequence: last?.lastSequence ?? -1,
          lastOffset: last?.lastOffset ?? -1,
          offsetDelta: last === undefined ? 0 : last.lastOffset - last.baseOffset,
          timestamp: producer.lastTimestamp,
          coordinatorEpoch: producer.coordinatorEpoch,
          transactionStart: producer.transactionStart,
        };
      }),
    );
  }

  /** False when the snapshot is damaged; the state is empty then. */
  loadSnapshot(snapshot: Buffer): boolean {
    this.#producers.clear();
    this.#transactions = new OpenTransactions();
    const entries = decodeProducerSnapshot(snapshot);
    if (entries === null) return false;
    for (const entry of entries) {
      const { lastSequence, lastOffset, offsetDelta, timestamp } = entry;
      const firstSequence = firstSequenceOf(lastSequence, offsetDelta);
      const baseOffset = lastOffset - offsetDelta;
      this.#producers.set(entry.producerId, {
        epoch: entry.epoch,
        coordinatorEpoch: entry.coordinatorEpoch,
        transactionStart: entry.transactionStart,
        batches: lastOffset < 0 ? [] : [{ firstSequence, lastSequence, baseOffset, lastOffset, timestamp }],
        lastTimestamp: timestamp,
      });
    }
    const open = entries.filter(({ transactionStart }) => transactionStart >= 0);
    for (const entry of open.sort((a, b) => a.transactionStart - b.transactionStart)) {
      this.#transactions.begin(entry.producerId, entry.transactionStart);
    }
    return true;
  }

  /** The producer, in this epoch: batches of an earlier one no longer count. */
  #of(producerId: number, epoch: number): ProducerEntry {
    let producer = this.#producers.get(producerId);
    if (producer === undefined) {
      producer = { epoch, coordinatorEpoch: -1, transactionStart: -1, batches: [], lastTimestamp: -1 };
      this.#producers.set(producerId, producer);
    } else if (producer.epoch !== epoch) {
      producer.epoch = epoch;
      producer.batches = [];
    }
    return producer;
  }
}

function firstSequenceOf(lastSequence: number, count: number): number {
  if (lastSequence < 0) return -1;
  return lastSequence - count + (lastSequence < count ? MAX_SEQUENCE + 1 : 0);
}

/** Brokers' own records have no sequence, -1. */
function lastSequenceOf({ baseSequence, lastOffsetDelta }: ProducedBatch): number {
  return baseSequence < 0 ? -1 : sequenceAfter(baseSequence, lastOffsetDelta);
}

function appending(producer: ProducerEntry | undefined): AppendingProducer {
  if (producer === undefined) {
    return { epoch: -1, coordinatorEpoch: -1, lastSequence: -1, hasBatches: false, hasTransaction: false };
  }
  return {
    epoch: producer.epoch,
    coordinatorEpoch: producer.coordinatorEpoch,
    lastSequence: producer.batches.at(-1)?.lastSequence ?? -1,
    hasBatches: producer.batches.length > 0,
    hasTransaction: producer.transactionStart >= 0,
  };
}
