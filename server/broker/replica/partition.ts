/** What a leader says to an append. */
export interface AppendResult {
  /** 0, or Kafka's error code: NOT_LEADER_OR_FOLLOWER, NOT_ENOUGH_REPLICAS, CORRUPT_MESSAGE, MESSAGE_TOO_LARGE, … */
  readonly errorCode: number;
  readonly errorMessage: string | null;
  /** Offset of the first record, -1 when refused. */
  readonly baseOffset: number;
  /** Milliseconds since the epoch when the topic uses LogAppendTime, else -1. */
  readonly logAppendTime: number;
  readonly logStartOffset: number;
}

export interface AppendOptions {
  /** 0: the answer is not looked at; 1: in the leader's log; -1: in the logs of all in-sync replicas. */
  readonly acks: -1 | 0 | 1;
  /** How long acks=-1 may wait for the followers, in milliseconds, before REQUEST_TIMED_OUT. */
  readonly timeoutMs: number;
}

export type Isolation = 'read_uncommitted' | 'read_committed' | 'log_end';

export interface ReadResult {
  /** 0, NOT_LEADER_OR_FOLLOWER, OFFSET_OUT_OF_RANGE, FENCED_LEADER_EPOCH, UNKNOWN_LEADER_EPOCH. */
  readonly errorCode: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  readonly logEndOffset: number;
  /** Whole record batches; the first may start before the offset asked for. Empty at the end. */
  readonly records: readonly Buffer[];
}

export interface ReadOptions {
  readonly offset: number;
  /** Bytes wanted at most; the first batch comes whole however large it is. */
  readonly maxBytes: number;
  readonly isolation: Isolation;
  /** The leader epoch the reader believes in, -1 when it does not say. */
  readonly currentLeaderEpoch?: number;
}

/** One replica of one partition on one broker: its log, and when it leads also what it knows of its followers. */
export interface Partition {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
  readonly isLeader: boolean;
  readonly leaderEpoch: number;
  readonly logStartOffset: number;
  /** Consumers may read up to here (exclusive). */
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logEndOffset: number;
  /** Bytes in all segments. */
  readonly sizeInBytes: number;
  /**
   * Checks record batches (magic 2), gives them offsets and appends them. Resolves when `acks` is met.
   * The buffer belongs to the log from then on: it is changed in place and must not be reused.
   * Never rejects: what went wrong is in the result.
   */
  appendAsLeader(records: Buffer, options: AppendOptions): Promise<AppendResult>;
  read(options: ReadOptions): ReadResult;
  /** Resolves when data beyond `offset` can be read at that isolation, leadership is lost, or the time is over. */
  waitForData(offset: number, isolation: Isolation, timeoutMs: number): Promise<void>;
}
