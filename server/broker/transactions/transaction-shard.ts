import { ERROR } from '../../protocol/errors.ts';
import {
  decodeRecords,
  encodeRecordBatch,
  type RecordToEncode,
} from '../../protocol/records/record-batch.ts';
import { endOffsetOf } from '../log/batch-walk.ts';
import type { Partition } from '../replica/partition.ts';
import type { TransactionMetadata, TransactionValues } from './transaction-metadata.ts';
import { readTransactionRecord, transactionKey, transactionValue } from './transaction-records.ts';
import { mayExpire } from './transaction-state.ts';

/** Expired ids in one batch of tombstones. */
const TOMBSTONES_PER_BATCH = 200;

/** The transactional ids of one partition of `__transaction_state`, while this broker leads it. */
export class TransactionShard {
  readonly partition: Partition;
  /** Kafka's coordinator epoch: markers of an older one are refused. */
  readonly epoch: number;
  readonly transactions = new Map<string, TransactionMetadata>();
  readonly #now: () => number;
  #state: 'loading' | 'active' | 'closed' = 'loading';

  constructor(partition: Partition, now: () => number) {
    this.partition = partition;
    this.epoch = partition.leaderEpoch;
    this.#now = now;
  }

  get state(): 'loading' | 'active' | 'closed' {
    return this.#state;
  }

  /** Reads the partition from its start, then takes requests. */
  async load(bytesAtOnce: number): Promise<void> {
    const { partition } = this;
    let offset = partition.logStartOffset;
    while (this.#state === 'loading' && offset < partition.logEndOffset) {
      const { errorCode, records } = partition.read({ offset, maxBytes: bytesAtOnce, isolation: 'log_end' });
      const last = records.at(-1);
      if (errorCode !== ERROR.NONE || last === undefined) break;
      for (const record of decodeRecords(Buffer.concat(records))) {
        const read = record.key === null ? null : readTransactionRecord(record.key, record.value);
        if (read === null) continue;
        if (read.metadata === null) this.transactions.delete(read.transactionalId);
        else this.transactions.set(read.transactionalId, read.metadata);
      }
      // By batches, not records: compaction leaves empty ones.
      offset = endOffsetOf(last);
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.#state === 'loading') this.#state = 'active';
  }

  /** Another broker leads from now on. */
  close(): void {
    this.#state = 'closed';
    this.transactions.clear();
  }

  /**
   * Writes a prepared change and completes it. Resolves to Kafka's error code; the change is given up then, unless
   * `keepsPending` says that the caller will try again.
   */
  async write(
    metadata: TransactionMetadata,
    values: TransactionValues,
    keepsPending: (errorCode: number) => boolean = () => false,
  ): Promise<number> {
    const { transactionalId } = metadata;
    if (this.transactions.get(transactionalId) !== metadata) return ERROR.NOT_COORDINATOR;
    const record = { key: transactionKey(transactionalId), value: transactionValue(values) };
    const errorCode = await this.#append([record], values.timeoutMs);
    if (this.transactions.get(transactionalId) !== metadata) return ERROR.NOT_COORDINATOR;
    if (errorCode === ERROR.NONE) metadata.complete(values);
    else if (!keepsPending(errorCode)) metadata.giveUp();
    return errorCode;
  }

  /** Forgets ids that have not been used since `idleSince`. */
  async expire(idleSince: number, timeoutMs: number): Promise<void> {
    const expired = [...this.transactions.values()].filter(
      ({ pending, now }) => pending === null && mayExpire(now.state) && now.updatedAt <= idleSince,
    );
    for (let from = 0; from < expired.length; from += TOMBSTONES_PER_BATCH) {
      const some = expired.slice(from, from + TOMBSTONES_PER_BATCH);
      for (const metadata of some) metadata.prepareDead();
      const tombstones = some.map(({ transactionalId }) => ({
        key: transactionKey(transactionalId),
        value: null,
      }));
      const errorCode = await this.#append(tombstones, timeoutMs);
      for (const metadata of some) {
        if (errorCode !== ERROR.NONE) metadata.giveUp();
        else this.transactions.delete(metadata.transactionalId);
      }
    }
  }

  async #append(records: readonly RecordToEncode[], timeoutMs: number): Promise<number> {
    const timestamp = this.#now();
    const batch = encodeRecordBatch({ records: records.map((record) => ({ ...record, timestamp })) });
    const result = await this.partition.appendAsLeader(batch, { acks: -1, timeoutMs, origin: 'coordinator' });
    return coordinatorError(result.errorCode);
  }
}

/** What a client of the coordinator is told when a write into `__transaction_state` fails. */
function coordinatorError(errorCode: number): number {
  switch (errorCode) {
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
      return ERROR.UNKNOWN_SERVER_ERROR;
    default:
      return errorCode;
  }
}
