import type { Message, Payload } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { TimestampType } from '../protocol/records/batch-header.ts';
import { controlOf } from './control-record.ts';
import { payloadOf } from './payload.ts';
import type { ScannedRecord } from './scanned-record.ts';

const TIMESTAMP_TYPES = {
  CreateTime: 'create-time',
  LogAppendTime: 'log-append-time',
  NoTimestamp: 'none',
} as const satisfies Record<TimestampType, Message['timestampType']>;

/** The first millisecond of the years 0 and 10000: ISO 8601 writes only those in between with four digits. */
const FIRST_TIMESTAMP = Date.parse('0000-01-01T00:00:00Z');
const END_TIMESTAMP = Date.UTC(10_000, 0, 1);

/** What is shown of a record: read by serdes and masked. */
export interface ShownParts {
  readonly key: Unspoken<Payload> | null;
  readonly value: Unspoken<Payload> | null;
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[];
}

/** A record as the contract tells it; headers longer than `maxBytes` are cut. */
export function messageOfRecord(
  partition: number,
  record: ScannedRecord,
  { key, value, headers }: ShownParts,
  maxBytes: number,
): Unspoken<Message> {
  const { batch, offset, timestamp, transaction } = record;
  const { producerId, producerEpoch, partitionLeaderEpoch } = batch;
  const told = (bytes: Buffer | null) => (bytes === null ? null : payloadOf(bytes, maxBytes));
  return {
    type: 'message',
    partition,
    offset,
    timestamp: timeText(timestamp),
    timestampType: timestamp === -1 ? 'none' : TIMESTAMP_TYPES[batch.timestampType],
    key,
    value,
    headers: headers.map((header) => ({ key: header.key, value: told(header.value) })),
    compression: batch.compression,
    isTransactional: batch.isTransactional,
    ...(transaction ? { transaction } : {}),
    ...(batch.isControl ? { control: controlOf(record) } : {}),
    size: record.sizeInBytes,
    ...(producerId >= 0n ? { producerId: Number(producerId), producerEpoch } : {}),
    ...(partitionLeaderEpoch >= 0 ? { leaderEpoch: partitionLeaderEpoch } : {}),
  };
}

/** Null for none (-1), and for what a producer wrote that is no time. */
export function timeText(timestamp: number): string | null {
  if (timestamp === -1 || timestamp < FIRST_TIMESTAMP || timestamp >= END_TIMESTAMP) return null;
  return new Date(timestamp).toISOString();
}
