import type { GroupSettings } from './group-settings.ts';

/** A record of `__consumer_offsets`. A null value is a tombstone. */
export interface GroupRecord {
  readonly key: Buffer;
  readonly value: Buffer | null;
}

/** What a group needs of the coordinator that keeps it. */
export interface GroupHome {
  readonly settings: GroupSettings;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Writes into `__consumer_offsets`. Resolves to Kafka's error code once it is on all in-sync replicas. */
  append(records: readonly GroupRecord[]): Promise<number>;
}
