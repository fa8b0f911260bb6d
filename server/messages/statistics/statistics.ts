import type { MessageStatistics } from '../../../lib/contract/statistics.ts';
import type { CompressionType } from '../../protocol/records/compression.ts';
import type { DecodedPart, TestedRecord } from '../filter/tested-record.ts';
import type { ScannedRecord } from '../scanned-record.ts';
import { HASH_END, hashOf } from './content-hash.ts';
import { DistinctCount, type DistinctState } from './distinct-count.ts';
import { type FieldState, FieldTree, type HidesField } from './field-tree.ts';
import { PartitionCounts, type PartitionState } from './partition-counts.ts';
import { type RepeatState, Repeats } from './repeats.ts';
import { SizeSketch, type SizeState } from './size-sketch.ts';
import { Timeline, type TimelineState } from './timeline.ts';
import { TopCounts, type TopState } from './top-counts.ts';

const KEY_COUNTERS = 2000;
const MOST_KEYS_TOLD = 50;
const HEADER_COUNTERS = 500;
const MOST_HEADERS_TOLD = 50;
/** Of one message. */
const MOST_HEADERS = 1000;

/** Counts that are only added up. */
const NO_COUNTS = {
  matched: 0,
  bytes: 0,
  tombstones: 0,
  nullKeys: 0,
  hiddenKeys: 0,
  unreadable: 0,
  committed: 0,
  aborted: 0,
  open: 0,
  unknown: 0,
};
type Counts = typeof NO_COUNTS;

/** Plain data, so that threads can hand it over. */
export interface StatisticsState {
  readonly counts: Counts;
  readonly compression: ReadonlyMap<CompressionType, number>;
  readonly timeline: TimelineState;
  readonly partitions: readonly PartitionState[];
  readonly keySizes: SizeState;
  readonly valueSizes: SizeState;
  readonly distinctKeys: DistinctState;
  readonly topKeys: TopState;
  readonly headers: TopState;
  readonly repeats: RepeatState;
  readonly fields: FieldState;
}

/** How the figures are told. */
export interface Telling {
  readonly partial: boolean;
  readonly coverage: MessageStatistics['coverage'];
  readonly mostBuckets: number;
  /** How many messages each one stands for. */
  readonly weight: number;
}

/**
 * What messages are like as a whole. It takes no more memory than its parts allow, however many messages there are and whatever
 * is in them; and what two have gathered of different messages, merged, is what one gathers of all.
 */
export class Statistics {
  readonly #counts: Counts = { ...NO_COUNTS };
  readonly #compression = new Map<CompressionType, number>();
  readonly #timeline = new Timeline();
  readonly #partitions = new PartitionCounts();
  readonly #keySizes = new SizeSketch();
  readonly #valueSizes = new SizeSketch();
  readonly #distinctKeys = new DistinctCount();
  readonly #topKeys = new TopCounts(KEY_COUNTERS);
  readonly #headers = new TopCounts(HEADER_COUNTERS);
  readonly #repeats: Repeats;
  readonly #fields: FieldTree;

  /**
   * @param hides whether a masking rule hides a field
   * @param repeatLimit what another one's `repeatLimit` has come to
   */
  constructor({
    hides = () => false,
    repeatLimit = HASH_END,
  }: { hides?: HidesField; repeatLimit?: number } = {}) {
    this.#fields = new FieldTree(hides);
    this.#repeats = new Repeats({ limit: repeatLimit });
  }

  get matched(): number {
    return this.#counts.matched;
  }

  /** Contents whose hash is not below it are not looked for again: there are too many. */
  get repeatLimit(): number {
    return this.#repeats.limit;
  }

  /** Contents whose hash is not below this need not be remembered. */
  lowerRepeatLimit(limit: number): void {
    this.#repeats.lower(limit);
  }

  /** A partition that is told, whether it has messages or not. */
  expect(topic: string, partition: number): void {
    this.#partitions.expect(topic, partition);
  }

  /** One message, as it is shown and as it stands. Throws SchemaNeeded, before anything was counted. */
  add(shown: TestedRecord, record: ScannedRecord): void {
    const { key, value, topic, partition } = shown;
    // What may throw comes first.
    const [keyPlain, valuePlain] = [key.plain, value.plain];
    const keyHash = hashOfPart(key, record.key);
    const contentHash = hashOfPart(value, record.value, keyHash);
    const counts = this.#counts;
    const bytes = (record.key?.length ?? 0) + (record.value?.length ?? 0);
    counts.matched += 1;
    counts.bytes += bytes;
    this.#countTransaction(record);
    const { compression } = record.batch;
    this.#compression.set(compression, (this.#compression.get(compression) ?? 0) + 1);
    this.#timeline.add(topic, partition, record.timestamp);
    this.#partitions.add(topic, partition, record, bytes);
    this.#repeats.add(contentHash, { topic, partition, offset: record.offset });
    this.#addKey(key, keyHash, record.key, keyPlain);
    this.#addValue(value, record.value, valuePlain);
    this.#addHeaders(shown.headers);
  }

  merge(other: StatisticsState): void {
    const counts = this.#counts;
    for (const name of Object.keys(NO_COUNTS) as (keyof Counts)[]) counts[name] += other.counts[name];
    for (const [type, count] of other.compression) {
      this.#compression.set(type, (this.#compression.get(type) ?? 0) + count);
    }
    this.#timeline.merge(other.timeline);
    this.#partitions.merge(other.partitions);
    this.#keySizes.merge(other.keySizes);
    this.#valueSizes.merge(other.valueSizes);
    this.#distinctKeys.merge(other.distinctKeys);
    this.#topKeys.merge(other.topKeys);
    this.#headers.merge(other.headers);
    this.#repeats.merge(other.repeats);
    this.#fields.merge(other.fields);
  }

  get state(): StatisticsState {
    return {
      counts: this.#counts,
      compression: this.#compression,
      timeline: this.#timeline.state,
      partitions: this.#partitions.state,
      keySizes: this.#keySizes.state,
      valueSizes: this.#valueSizes.state,
      distinctKeys: this.#distinctKeys.state,
      topKeys: this.#topKeys.state,
      headers: this.#headers.state,
      repeats: this.#repeats.state,
      fields: this.#fields.state,
    };
  }

  tell({ partial, coverage, mostBuckets, weight }: Telling): MessageStatistics {
    const { matched, bytes, tombstones, nullKeys, hiddenKeys, unreadable } = this.#counts;
    const { committed, aborted, open, unknown } = this.#counts;
    return {
      partial,
      coverage,
      matched,
      bytes,
      tombstones,
      timeline: this.#timeline.tell(mostBuckets, weight),
      ...this.#partitions.tell(),
      keySizes: this.#keySizes.tell(),
      valueSizes: this.#valueSizes.tell(),
      keys: {
        nulls: nullKeys,
        hidden: hiddenKeys,
        distinct: this.#distinctKeys.tell(),
        top: this.#topKeys
          .top(MOST_KEYS_TOLD)
          .map(({ label, isTruncated, count, error }) => ({ key: label, isTruncated, count, error })),
      },
      duplicates: this.#repeats.tell(),
      ...this.#fields.tell(),
      unreadable,
      compression: [...this.#compression].map(([type, count]) => ({ type, matched: count })),
      transactions: { committed, aborted, open, unknown },
      headers: this.#headers
        .top(MOST_HEADERS_TOLD)
        .map(({ label, isTruncated, count, error }) => ({ name: label, isTruncated, count, error })),
    };
  }

  #countTransaction({ batch, transaction }: ScannedRecord): void {
    if (batch.isTransactional) this.#counts[transaction ?? 'unknown'] += 1;
  }

  #addKey(key: DecodedPart, hash: number, bytes: Buffer | null, plain: DecodedPart['plain']): void {
    if (bytes === null) {
      this.#counts.nullKeys += 1;
      return;
    }
    this.#keySizes.add(bytes.length);
    if (key.text === null) {
      this.#counts.hiddenKeys += 1;
      return;
    }
    this.#distinctKeys.add(hash);
    this.#topKeys.add(hash, () => key.text!);
    if (plain !== undefined) this.#fields.add('key', plain);
  }

  #addValue(value: DecodedPart, bytes: Buffer | null, plain: DecodedPart['plain']): void {
    if (bytes === null) {
      this.#counts.tombstones += 1;
      return;
    }
    this.#valueSizes.add(bytes.length);
    if (plain !== undefined) this.#fields.add('value', plain);
    else if (value.text !== null) this.#counts.unreadable += 1;
  }

  #addHeaders(headers: TestedRecord['headers']): void {
    if (headers.length === 0) return;
    const names = new Set(headers.slice(0, MOST_HEADERS).map(({ key }) => key));
    for (const name of names) this.#headers.add(hashOf(Buffer.from(name)), () => name);
  }
}

/** Of its bytes; of what is shown where a rule masks it, so that nobody can tell by it what is behind. */
function hashOfPart(part: DecodedPart, bytes: Buffer | null, seed = 0): number {
  if (!part.isMasked || bytes === null) return hashOf(bytes, seed);
  return hashOf(Buffer.from(part.text ?? ''), seed);
}
