import type { GroupSettings } from './group-settings.ts';
import type { TopicsView } from './topics-view.ts';
import type { TransactionalOffsets } from './transactional-offsets.ts';

/** A record of `__consumer_offsets`. A null value is a tombstone. */
export interface GroupRecord {
  readonly key: Buffer;
  readonly value: Buffer | null;
}

/** What a group needs of the coordinator that keeps it. */
export interface GroupHome {
  readonly settings: GroupSettings;
  /** Offsets in open transactions. */
  readonly transactional: TransactionalOffsets;
  /** The cluster's topics as they are now. */
  readonly topics: TopicsView;
  /** The `offset` of `topics` when a topic was last made. */
  readonly topicsChangedAt: number;
  /** A number that can be set for each group (`consumer.session.timeout.ms`, …), within what the broker allows. */
  groupNumber(groupId: string, name: string): number;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Writes into `__consumer_offsets`. Resolves to Kafka's error code once it is on all in-sync replicas. */
  append(records: readonly GroupRecord[]): Promise<number>;
  /**
   * Writes records that make up the state of groups of the new protocols, and brings that state up to them as soon as they
   * are in this broker's log; then calls `afterwards`. Resolves as `append` does. Nothing happens when the log refuses them.
   */
  write(records: readonly GroupRecord[], afterwards?: () => void): Promise<number>;
}
