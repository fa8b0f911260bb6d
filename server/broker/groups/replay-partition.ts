import { ERROR } from '../../protocol/errors.ts';
import type { BatchHeader } from '../../protocol/records/batch-header.ts';
import { decodeRecords, encodeRecordBatch } from '../../protocol/records/record-batch.ts';
import { endOffsetOf } from '../log/batch-walk.ts';
import type { Partition } from '../replica/partition.ts';
import type { AppendResult } from '../replica/results.ts';
import type { GroupRecord } from './group-home.ts';

const READ_BYTES = 1024 * 1024;

/** A record of a coordinator, with the header of the batch that it came in. */
export interface KeyedRecord extends GroupRecord {
  readonly header: BatchHeader;
}

/** Reads a coordinator's partition from its start, a little at a time, for as long as `goesOn`. False: it could not be read. */
export async function replayPartition(
  partition: Partition,
  replay: (record: KeyedRecord, batch: Buffer) => void,
  goesOn: () => boolean,
): Promise<boolean> {
  let offset = partition.logStartOffset;
  while (goesOn() && offset < partition.logEndOffset) {
    const { errorCode, records } = partition.read({ offset, maxBytes: READ_BYTES, isolation: 'log_end' });
    if (errorCode !== ERROR.NONE) return false;
    const last = records.at(-1);
    if (last === undefined) break;
    for (const batch of records) {
      for (const record of decodeRecords(batch)) {
        const { key, value, batch: header } = record;
        if (record.offset < offset || key === null) continue;
        replay({ key, value, header }, batch);
      }
    }
    // By batches, not records: compaction leaves empty ones.
    offset = endOffsetOf(last);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return true;
}

/** Appends a coordinator's records. A result at once is a refusal: what is in the log waits for the followers. */
export function appendRecords(
  partition: Partition,
  records: readonly GroupRecord[],
  timestamp: number,
  timeoutMs: number,
): Promise<AppendResult> | AppendResult {
  const batch = encodeRecordBatch({
    records: records.map(({ key, value }) => ({ key, value, timestamp })),
  });
  return partition.appendAsLeader(batch, { acks: -1, timeoutMs, origin: 'coordinator' });
}

/** What a client of a coordinator is told when a write into its topic fails. */
export function coordinatorError(errorCode: number): number {
  switch (errorCode) {
    case ERROR.NONE:
      return ERROR.NONE;
    case ERROR.UNKNOWN_TOPIC_OR_PARTITION:
    case ERROR.NOT_ENOUGH_REPLICAS:
    case ERROR.NOT_ENOUGH_REPLICAS_AFTER_APPEND:
    case ERROR.REQUEST_TIMED_OUT:
      return ERROR.COORDINATOR_NOT_AVAILABLE;
    case ERROR.NOT_LEADER_OR_FOLLOWER:
    case ERROR.KAFKA_STORAGE_ERROR:
      return ERROR.NOT_COORDINATOR;
    case ERROR.MESSAGE_TOO_LARGE:
    case ERROR.RECORD_LIST_TOO_LARGE:
    case ERROR.INVALID_FETCH_SIZE:
      return ERROR.INVALID_COMMIT_OFFSET_SIZE;
    default:
      return ERROR.UNKNOWN_SERVER_ERROR;
  }
}
