import { ERROR } from '../../protocol/errors.ts';
import { crc32c } from '../../protocol/records/crc32c.ts';

/** A broker remembers this many batches of a producer, so that a resend of any of them is told from a new one. */
const BATCHES_KEPT = 5;
const MAX_SEQUENCE = 0x7fff_ffff;
const SNAPSHOT_VERSION = 1;
const SNAPSHOT_HEAD_BYTES = 10;
const SNAPSHOT_ENTRY_BYTES = 46;

/** The part of a batch that idempotence looks at. */
export interface ProducedBatch {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  /** Records − 1. */
  readonly lastOffsetDelta: number;
  readonly baseOffset: number;
  readonly maxTimestamp: number;
}

interface KeptBatch {
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly timestamp: number;
}

interface ProducerEntry {
  epoch: number;
  /** Oldest first. */
  batches: KeptBatch[];
  lastTimestamp: number;
}

export type SequenceVerdict =
  | { readonly kind: 'next' }
  /** It is in the log already, there. */
  | { readonly kind: 'duplicate'; readonly baseOffset: number; readonly timestamp: number }
  | { readonly kind: 'refused'; readonly errorCode: number; readonly errorMessage: string };

const NEXT: SequenceVerdict = { kind: 'next' };

/** What a partition knows of its idempotent producers (KIP-98). */
export class ProducerState {
  readonly #producers = new Map<number, ProducerEntry>();

  get size(): number {
    return this.#producers.size;
  }

  /** Whether a batch may be appended at `nextOffset`; `partitionName` is for the message. */
  judge(batch: ProducedBatch, nextOffset: number, partitionName: string): SequenceVerdict {
    const producer = this.#producers.get(batch.producerId);
    if (producer === undefined) return NEXT;
    const id = batch.producerId;
    if (batch.producerEpoch < producer.epoch) {
      return {
        kind: 'refused',
        errorCode: ERROR.INVALID_PRODUCER_EPOCH,
        errorMessage: `Epoch of producer ${id} at offset ${nextOffset} in ${partitionName} is ${batch.producerEpoch}, which is smaller than the last seen epoch ${producer.epoch}`,
      };
    }
    const lastSequence = sequenceAfter(batch.baseSequence, batch.lastOffsetDelta);
    if (batch.producerEpoch > producer.epoch) {
      if (batch.baseSequence === 0) return NEXT;
      return outOfOrder(
        `Invalid sequence number for new epoch of producer ${id} at offset ${nextOffset} in partition ${partitionName}: ${batch.producerEpoch} (request epoch), ${batch.baseSequence} (seq. number), ${producer.epoch} (current producer epoch)`,
      );
    }
    const resent = producer.batches.find(
      (kept) => kept.firstSequence === batch.baseSequence && kept.lastSequence === lastSequence,
    );
    if (resent !== undefined) {
      return { kind: 'duplicate', baseOffset: resent.baseOffset, timestamp: resent.timestamp };
    }
    const current = producer.batches.at(-1)?.lastSequence ?? -1;
    if (batch.baseSequence === sequenceAfter(current, 1) || current < 0) return NEXT;
    return outOfOrder(
      `Out of order sequence number for producer ${id} at offset ${nextOffset} in partition ${partitionName}: ${batch.baseSequence} (incoming seq. number), ${current} (current end sequence number)`,
    );
  }

  /** Remembers a batch that is in the log. */
  record(batch: ProducedBatch): void {
    let producer = this.#producers.get(batch.producerId);
    if (producer === undefined || producer.epoch !== batch.producerEpoch) {
      producer = { epoch: batch.producerEpoch, batches: [], lastTimestamp: -1 };
      this.#producers.set(batch.producerId, producer);
    }
    if (producer.batches.length === BATCHES_KEPT) producer.batches.shift();
    producer.batches.push({
      firstSequence: batch.baseSequence,
      lastSequence: sequenceAfter(batch.baseSequence, batch.lastOffsetDelta),
      baseOffset: batch.baseOffset,
      lastOffset: batch.baseOffset + batch.lastOffsetDelta,
      timestamp: batch.maxTimestamp,
    });
    producer.lastTimestamp = batch.maxTimestamp;
  }

  /** Forgets producers that wrote nothing since `timestamp`. */
  expireBefore(timestamp: number): void {
    for (const [id, producer] of this.#producers) {
      if (producer.lastTimestamp < timestamp) this.#producers.delete(id);
    }
  }

  clear(): void {
    this.#producers.clear();
  }

  /** Kafka's `.snapshot` form, version 1: the last batch of each producer. */
  toSnapshot(): Buffer {
    const snapshot = Buffer.alloc(SNAPSHOT_HEAD_BYTES + this.#producers.size * SNAPSHOT_ENTRY_BYTES);
    snapshot.writeInt16BE(SNAPSHOT_VERSION, 0);
    snapshot.writeInt32BE(this.#producers.size, 6);
    let at = SNAPSHOT_HEAD_BYTES;
    for (const [id, producer] of this.#producers) {
      const last = producer.batches.at(-1);
      snapshot.writeBigInt64BE(BigInt(id), at);
      snapshot.writeInt16BE(producer.epoch, at + 8);
      snapshot.writeInt32BE(last?.lastSequence ?? -1, at + 10);
      snapshot.writeBigInt64BE(BigInt(last?.lastOffset ?? -1), at + 14);
      snapshot.writeInt32BE(last === undefined ? 0 : last.lastOffset - last.baseOffset, at + 22);
      snapshot.writeBigInt64BE(BigInt(producer.lastTimestamp), at + 26);
      snapshot.writeInt32BE(-1, at + 34);
      snapshot.writeBigInt64BE(-1n, at + 38);
      at += SNAPSHOT_ENTRY_BYTES;
    }
    snapshot.writeUInt32BE(crc32c(snapshot.subarray(6)), 2);
    return snapshot;
  }

  /** False when the snapshot is damaged; the state is empty then. */
  loadSnapshot(snapshot: Buffer): boolean {
    this.clear();
    if (snapshot.length < SNAPSHOT_HEAD_BYTES || snapshot.readInt16BE(0) !== SNAPSHOT_VERSION) return false;
    if (snapshot.readUInt32BE(2) !== crc32c(snapshot.subarray(6))) return false;
    for (let at = SNAPSHOT_HEAD_BYTES; at < snapshot.length; at += SNAPSHOT_ENTRY_BYTES) {
      const lastSequence = snapshot.readInt32BE(at + 10);
      const lastOffset = Number(snapshot.readBigInt64BE(at + 14));
      const offsetDelta = snapshot.readInt32BE(at + 22);
      const timestamp = Number(snapshot.readBigInt64BE(at + 26));
      const firstSequence = lastSequence - offsetDelta + (lastSequence < offsetDelta ? MAX_SEQUENCE + 1 : 0);
      this.#producers.set(Number(snapshot.readBigInt64BE(at)), {
        epoch: snapshot.readInt16BE(at + 8),
        batches:
          lastSequence < 0
            ? []
            : [{ firstSequence, lastSequence, baseOffset: lastOffset - offsetDelta, lastOffset, timestamp }],
        lastTimestamp: timestamp,
      });
    }
    return true;
  }
}

/** Sequence numbers go round to 0 after the largest 32-bit integer. */
function sequenceAfter(sequence: number, count: number): number {
  const sum = sequence + count;
  return sum > MAX_SEQUENCE ? sum - MAX_SEQUENCE - 1 : sum;
}

function outOfOrder(errorMessage: string): SequenceVerdict {
  return { kind: 'refused', errorCode: ERROR.OUT_OF_ORDER_SEQUENCE_NUMBER, errorMessage };
}
