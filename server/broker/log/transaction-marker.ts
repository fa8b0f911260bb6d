import { encode } from '../../protocol/codec.ts';
import { controlRecordTypeSchema } from '../../protocol/messages/control-record-type-schema.ts';
import { endTxnMarker } from '../../protocol/messages/end-txn-marker.ts';
import type { BatchHeader } from '../../protocol/records/batch-header.ts';
import { encodeRecordBatch } from '../../protocol/records/record-batch.ts';
import { openBatch } from '../../protocol/records/record-cursor.ts';
import type { TransactionMarker } from './producer-checks.ts';

const VERSION = 0;
const ABORT = 0;
const COMMIT = 1;
/** Version and type; version and coordinator epoch. */
const KEY_BYTES = 4;
const VALUE_BYTES = 6;

/** The control batch that ends a transaction (KIP-98). */
export function encodeMarker(marker: Omit<TransactionMarker, 'offset'>): Buffer {
  const key = encode(controlRecordTypeSchema, VERSION, { type: marker.commits ? COMMIT : ABORT }, 2);
  const value = encode(endTxnMarker, VERSION, { coordinatorEpoch: marker.coordinatorEpoch }, 2);
  key.writeInt16BE(VERSION, 0);
  value.writeInt16BE(VERSION, 0);
  return encodeRecordBatch({
    records: [{ key, value, timestamp: marker.timestamp }],
    producerId: BigInt(marker.producerId),
    producerEpoch: marker.producerEpoch,
    isTransactional: true,
    isControl: true,
  });
}

/** What a control batch says of its producer's transaction; null when it says nothing, or compaction has emptied it. */
export function readMarker(batches: Buffer, header: BatchHeader): TransactionMarker | null {
  if (!header.isControl || header.producerId < 0n || header.recordCount === 0) return null;
  const cursor = openBatch(batches, header);
  if (!cursor.next() || cursor.keyLength < KEY_BYTES || cursor.valueLength < VALUE_BYTES) return null;
  const type = cursor.bytes.readInt16BE(cursor.keyStart + 2);
  if (type !== ABORT && type !== COMMIT) return null;
  return {
    producerId: Number(header.producerId),
    producerEpoch: header.producerEpoch,
    coordinatorEpoch: cursor.bytes.readInt32BE(cursor.valueStart + 2),
    commits: type === COMMIT,
    offset: header.baseOffset,
    timestamp: cursor.timestamp,
  };
}
