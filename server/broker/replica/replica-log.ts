import type { AbortedTransaction } from '../log/aborted-transactions.ts';
import type { EpochEntry } from '../log/leader-epochs.ts';
import type { FoundRecord } from '../log/partition-log.ts';
import { type OpenLog, PartitionLog } from '../log/partition-log.ts';
import { segmentCount, sizeOfSegments } from '../log/segment-files.ts';
import type { LogHost } from './partition-host.ts';
import type { EpochEnd } from './results.ts';

/** What a broker's checkpoints say of a log that was there before it started. */
export interface KeptLog {
  readonly logStartOffset: number;
  readonly highWatermark: number;
  /** Infinity after a clean shutdown. */
  readonly recoveryPoint: number;
  /** Up to here it was compacted once. */
  readonly cleanedTo: number;
  /** Known after a clean shutdown: the log then need not be opened before it is used. */
  readonly logEndOffset: number | null;
}

const NO_EPOCH: EpochEnd = { epoch: -1, endOffset: -1 };

/**
 * A replica's log, which comes into being with its first record and is opened when it is first used: an empty or idle
 * partition is a few hundred bytes of memory and no file.
 */
export class ReplicaLog {
  readonly topic: string;
  readonly topicId: string;
  /** `topic-partition`, as Kafka prints it and names the folder. */
  readonly name: string;
  readonly #host: LogHost;
  #log: PartitionLog | null = null;
  #kept: KeptLog | null;
  /** Null until somebody asked. */
  #keptSize: number | null = null;
  #keptSegments: number | null = null;

  constructor(
    host: LogHost,
    topic: { readonly name: string; readonly id: string },
    name: string,
    kept: KeptLog | null,
  ) {
    this.topic = topic.name;
    this.topicId = topic.id;
    this.name = name;
    this.#host = host;
    this.#kept = kept;
  }

  get logStartOffset(): number {
    return this.#log?.logStartOffset ?? this.#kept?.logStartOffset ?? 0;
  }

  get logEndOffset(): number {
    return this.#log?.logEndOffset ?? this.#kept?.logEndOffset ?? this.opened()?.logEndOffset ?? 0;
  }

  /** Bytes in all segments, counted without opening a log that is not in use. */
  get sizeInBytes(): number {
    if (this.#log !== null) return this.#log.sizeInBytes;
    if (this.#kept === null) return 0;
    this.#keptSize ??= sizeOfSegments(this.#host.store, this.name);
    return this.#keptSize;
  }

  /** Whether there is one: a partition without was never written. */
  get exists(): boolean {
    return this.#log !== null || this.#kept !== null;
  }

  /** Everything before it is known to be on the device. */
  get recoveryPoint(): number {
    if (this.#log !== null) return this.#log.recoveryPoint;
    return Math.min(this.#kept?.recoveryPoint ?? 0, this.#kept?.logEndOffset ?? 0);
  }

  /** Up to here the log was compacted once. */
  get cleanedTo(): number {
    return this.#log?.cleanedTo ?? this.#kept?.cleanedTo ?? 0;
  }

  /** The log, unless it has but one segment and need not be opened to know that nothing of it can be compacted. */
  toClean(): PartitionLog | null {
    if (this.#kept !== null) {
      this.#keptSegments ??= segmentCount(this.#host.store, this.name);
      if (this.#keptSegments < 2) return null;
    }
    return this.opened();
  }

  /** The epoch of the last record, -1 when there is none. */
  get lastEpoch(): number {
    return this.opened()?.epochs.latest?.epoch ?? -1;
  }

  /** The log, null when nothing was ever written. Mends what a crash left, if it was not open yet. */
  opened(): PartitionLog | null {
    if (this.#log === null && this.#kept !== null) this.#log = PartitionLog.open(this.#place(this.#kept));
    this.#kept = null;
    return this.#log;
  }

  /** Opens what was kept in steps of a few milliseconds. Nobody else may use the log meanwhile. */
  *opening(): Generator<void, void, void> {
    if (this.#log !== null || this.#kept === null) return;
    this.#log = yield* PartitionLog.opening(this.#place(this.#kept));
    this.#kept = null;
  }

  /** The log if it is in use. */
  get active(): PartitionLog | null {
    return this.#log;
  }

  openOrCreate(): PartitionLog {
    const log = this.opened();
    if (log !== null) return log;
    this.#host.store.replace(`${this.name}/partition.metadata`, `version: 0\ntopic_id: ${this.topicId}`);
    this.#log = PartitionLog.open(
      this.#place({ logStartOffset: 0, recoveryPoint: Number.POSITIVE_INFINITY, cleanedTo: 0 }),
    );
    return this.#log;
  }

  read(offset: number, maxBytes: number, limit: number): Buffer[] {
    if (offset >= limit) return [];
    return this.opened()?.read(offset, maxBytes, limit) ?? [];
  }

  lastStableOffset(highWatermark: number): number {
    return this.opened()?.lastStableOffset(highWatermark) ?? highWatermark;
  }

  abortedIn(records: readonly Buffer[], from: number): AbortedTransaction[] {
    return this.opened()?.abortedIn(records, from) ?? [];
  }

  /** `current` is the epoch that this replica leads in, if it leads. */
  endOfEpoch(epoch: number, current: EpochEntry | undefined): EpochEnd {
    const log = this.opened();
    if (log !== null) return log.epochs.endOf(epoch, log.logEndOffset, current);
    if (current === undefined || epoch < 0 || epoch > current.epoch) return NO_EPOCH;
    return { epoch, endOffset: 0 };
  }

  epochBefore(offset: number): number {
    return this.opened()?.epochs.epochBefore(offset) ?? -1;
  }

  findTimestamp(timestamp: number): FoundRecord | null {
    return this.opened()?.findTimestamp(timestamp) ?? null;
  }

  findMaxTimestamp(): FoundRecord | null {
    return this.opened()?.findMaxTimestamp() ?? null;
  }

  /** The leader's log and this one part ways after `leaderEnd`: what lies beyond goes. */
  truncateToEpoch(leaderEnd: EpochEnd): void {
    const log = this.openOrCreate();
    const own = log.epochs.endOf(leaderEnd.epoch, log.logEndOffset);
    let target = leaderEnd.endOffset;
    if (own.endOffset >= 0) {
      target = own.epoch === leaderEnd.epoch ? Math.min(own.endOffset, target) : own.endOffset;
    }
    // Each round must take something off, or the two would ask each other for ever.
    if (target >= log.logEndOffset) target = Math.min(leaderEnd.endOffset, log.logEndOffset - 1);
    log.truncateTo(Math.max(target, 0));
  }

  /** The broker stops cleanly. */
  close(): void {
    this.#log?.close();
  }

  /** The broker stops as if its power were cut. */
  release(): void {
    this.#log?.release();
  }

  delete(): void {
    if (this.#log !== null) this.#log.delete();
    else if (this.#kept !== null) {
      this.#host.store.discardDirectory(this.name, this.#host.logConfig(this.topic).fileDeleteDelayMs);
    }
    this.#log = null;
    this.#kept = null;
  }

  #place(kept: Omit<KeptLog, 'highWatermark' | 'logEndOffset'>): OpenLog {
    return {
      store: this.#host.store,
      directory: this.name,
      config: this.#host.logConfig(this.topic),
      recent: this.#host.recent,
      logStartOffset: kept.logStartOffset,
      recoveryPoint: kept.recoveryPoint,
      cleanedTo: kept.cleanedTo,
    };
  }
}
