import { setBaseOffset, setPartitionLeaderEpoch } from '../../protocol/records/batch-header.ts';
import {
  decodeRecords,
  encodeRecordBatch,
  type RecordToEncode,
} from '../../protocol/records/record-batch.ts';

export interface TestBatch {
  readonly values: readonly string[];
  readonly timestamp?: number;
  readonly baseOffset?: number;
  readonly leaderEpoch?: number;
  readonly producerId?: bigint;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
  readonly isTransactional?: boolean;
  readonly key?: string | null;
  readonly compression?: 'none' | 'gzip' | 'lz4' | 'zstd';
}

/** A record batch as a producer sends it, or with offsets as a log holds it. */
export function batchOf({ values, timestamp = 1000, key = 'k', ...rest }: TestBatch): Buffer {
  const records = values.map((value): RecordToEncode => ({ key, value, timestamp }));
  const { baseOffset = 0, leaderEpoch = -1, ...batch } = rest;
  const bytes = encodeRecordBatch({ records, ...batch });
  setBaseOffset(bytes, 0, baseOffset);
  setPartitionLeaderEpoch(bytes, 0, leaderEpoch);
  return bytes;
}

/** `offset:value` of every record. */
export function recordsIn(buffers: readonly Buffer[]): string[] {
  return decodeRecords(Buffer.concat(buffers)).map(
    ({ offset, value }) => `${offset}:${value?.toString('utf8')}`,
  );
}
