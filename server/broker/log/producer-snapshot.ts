import { crc32c } from '../../protocol/records/crc32c.ts';

/** What a `.snapshot` file says of one producer: its last batch and its open transaction. -1 where there is none. */
export interface ProducerSnapshotEntry {
  readonly producerId: number;
  readonly epoch: number;
  readonly lastSequence: number;
  readonly lastOffset: number;
  /** Last offset − first offset of the last batch. */
  readonly offsetDelta: number;
  readonly timestamp: number;
  readonly coordinatorEpoch: number;
  readonly transactionStart: number;
}

const VERSION = 1;
const HEAD_BYTES = 10;
const ENTRY_BYTES = 46;

/** Kafka's ProducerSnapshot, version 1: version 2 bytes, CRC-32C 4, count 4, then entries of 46 bytes. */
export function encodeProducerSnapshot(entries: readonly ProducerSnapshotEntry[]): Buffer {
  const snapshot = Buffer.alloc(HEAD_BYTES + entries.length * ENTRY_BYTES);
  snapshot.writeInt16BE(VERSION, 0);
  snapshot.writeInt32BE(entries.length, 6);
  let at = HEAD_BYTES;
  for (const entry of entries) {
    snapshot.writeBigInt64BE(BigInt(entry.producerId), at);
    snapshot.writeInt16BE(entry.epoch, at + 8);
    snapshot.writeInt32BE(entry.lastSequence, at + 10);
    snapshot.writeBigInt64BE(BigInt(entry.lastOffset), at + 14);
    snapshot.writeInt32BE(entry.offsetDelta, at + 22);
    snapshot.writeBigInt64BE(BigInt(entry.timestamp), at + 26);
    snapshot.writeInt32BE(entry.coordinatorEpoch, at + 34);
    snapshot.writeBigInt64BE(BigInt(entry.transactionStart), at + 38);
    at += ENTRY_BYTES;
  }
  snapshot.writeUInt32BE(crc32c(snapshot.subarray(6)), 2);
  return snapshot;
}

/** Null when the snapshot is damaged. */
export function decodeProducerSnapshot(snapshot: Buffer): ProducerSnapshotEntry[] | null {
  if (snapshot.length < HEAD_BYTES || snapshot.readInt16BE(0) !== VERSION) return null;
  if (snapshot.readUInt32BE(2) !== crc32c(snapshot.subarray(6))) return null;
  const entries: ProducerSnapshotEntry[] = [];
  for (let at = HEAD_BYTES; at + ENTRY_BYTES <= snapshot.length; at += ENTRY_BYTES) {
    entries.push({
      producerId: Number(snapshot.readBigInt64BE(at)),
      epoch: snapshot.readInt16BE(at + 8),
      lastSequence: snapshot.readInt32BE(at + 10),
      lastOffset: Number(snapshot.readBigInt64BE(at + 14)),
      offsetDelta: snapshot.readInt32BE(at + 22),
      timestamp: Number(snapshot.readBigInt64BE(at + 26)),
      coordinatorEpoch: snapshot.readInt32BE(at + 34),
      transactionStart: Number(snapshot.readBigInt64BE(at + 38)),
    });
  }
  return entries;
}
