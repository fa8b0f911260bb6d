import type { AbortedTransaction } from '../log/aborted-transactions.ts';
import type { RecordError } from '../log/produce-validation.ts';
import type { VerificationGuard } from '../log/transaction-verification.ts';

/** What a leader says to an append. */
export interface AppendResult {
  /** 0, or Kafka's error code: NOT_LEADER_OR_FOLLOWER, NOT_ENOUGH_REPLICAS, CORRUPT_MESSAGE, MESSAGE_TOO_LARGE, … */
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly recordErrors: readonly RecordError[];
  /** Offset of the first record, -1 when refused. */
  readonly baseOffset: number;
  /** Milliseconds since the epoch when the topic uses LogAppendTime, else -1. */
  readonly logAppendTime: number;
  readonly logStartOffset: number;
}

export interface AppendOptions {
  /** 0: the answer is not looked at; 1: in the leader's log; -1: in the logs of all in-sync replicas. */
  readonly acks: number;
  /** How long acks=-1 may wait for the followers, in milliseconds, before REQUEST_TIMED_OUT. */
  readonly timeoutMs: number;
  /** coordinator: the broker itself, which alone may write control records. A client unless told otherwise. */
  readonly origin?: 'client' | 'coordinator';
  /** For the first records of a transaction: proof that the transaction coordinator knows of them (KIP-890). */
  readonly guard?: VerificationGuard | null;
  /** For a transaction's marker: the version of transactions that its client speaks, 0 unless told otherwise. */
  readonly transactionVersion?: number;
}

/** log_end: also what is not yet replicated, as followers and the group coordinator read. */
export type Isolation = 'read_uncommitted' | 'read_committed' | 'log_end';

export interface ReadOptions {
  readonly offset: number;
  /** Bytes wanted at most; the first batch comes whole however large it is. */
  readonly maxBytes: number;
  readonly isolation: Isolation;
  /** The leader epoch the reader believes in, -1 when it does not say. */
  readonly currentLeaderEpoch?: number;
  /** The epoch of the last record the reader has, -1 when it does not say (KIP-595). */
  readonly lastFetchedEpoch?: number;
  /** A follower may answer too (KIP-392). Only the leader does unless told otherwise. */
  readonly anyReplica?: boolean;
}

/** Where a reader's log and the leader's part ways. */
export interface EpochEnd {
  readonly epoch: number;
  readonly endOffset: number;
}

export interface ReadResult {
  /** 0, NOT_LEADER_OR_FOLLOWER, OFFSET_OUT_OF_RANGE, FENCED_LEADER_EPOCH, UNKNOWN_LEADER_EPOCH. */
  readonly errorCode: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  readonly logEndOffset: number;
  /** Whole record batches; the first may start before the offset asked for. Empty at the end. */
  readonly records: readonly Buffer[];
  /** For a reader of committed data: whose records it leaves out. Null for others. */
  readonly abortedTransactions: readonly AbortedTransaction[] | null;
  /** Set instead of records when the reader must truncate first. */
  readonly divergingEpoch: EpochEnd | null;
}

/** What a follower asks of a leader for one partition. */
export interface FollowerFetch {
  readonly replicaId: number;
  readonly fetchOffset: number;
  readonly logStartOffset: number;
  readonly lastFetchedEpoch: number;
  readonly currentLeaderEpoch: number;
  readonly maxBytes: number;
}

export function appended(logStartOffset: number, baseOffset: number, logAppendTime: number): AppendResult {
  return { errorCode: 0, errorMessage: null, recordErrors: [], baseOffset, logAppendTime, logStartOffset };
}

export function refused(
  logStartOffset: number,
  errorCode: number,
  errorMessage: string | null,
  recordErrors: readonly RecordError[] = [],
): AppendResult {
  return { errorCode, errorMessage, recordErrors, baseOffset: -1, logAppendTime: -1, logStartOffset };
}
