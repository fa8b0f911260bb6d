/** Where a group has got to in one partition. */
export interface CommittedOffset {
  readonly offset: number;
  /** Leader epoch of the last record that was read, -1 when the client did not say. */
  readonly leaderEpoch: number;
  readonly metadata: string;
  /** Milliseconds since the epoch. */
  readonly committedAtMs: number;
  /** Set only by clients older than OffsetCommit v5, which say how long to keep it; null: the broker's setting holds. */
  readonly expiresAtMs: number | null;
  /** The topic's id when it was committed; null when that is not known. */
  readonly topicId: string | null;
}

/** Committed offsets by topic, then by partition. */
export type GroupOffsets = Map<string, Map<number, CommittedOffset>>;
