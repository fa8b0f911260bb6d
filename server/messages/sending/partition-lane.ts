import type { Failure } from '../../../lib/contract/failure.ts';
import type { CompressionType } from '../../protocol/records/compression.ts';
import { encodeRecordBatch, type RecordToEncode } from '../../protocol/records/record-batch.ts';
import type { TopicView } from '../topic-view.ts';
import type { ProducerIdentity } from './producer-identity.ts';

/** A record on its way to a partition. */
export interface LaneItem<Token> {
  readonly record: RecordToEncode;
  /** Bytes of key, value and headers. */
  readonly bytes: number;
  readonly compression: CompressionType;
  /** What the sender's user knows it by. */
  readonly token: Token;
}

/** Items that go in one batch, as often as it takes, always the same bytes under the same sequence number. */
export interface LaneBatch<Token> {
  readonly items: readonly LaneItem<Token>[];
  readonly bytes: Buffer;
  /** After this nobody tries it any more. */
  deadline: number;
  /** It was sent once and no answer came: it may be in the log. */
  mayBeWritten: boolean;
  /** What went wrong the last time. */
  failure: Failure | null;
}

/** Bytes of records in a batch, before compression: well below the 1 MiB that topics take unless told otherwise. */
const BATCH_BYTES = 512 * 1024;
const BATCH_RECORDS = 5000;
/** How long a batch is tried. */
const DELIVERY_MS = 30_000;
/** Sequence numbers begin anew after the largest int32. */
const SEQUENCES = 2 ** 31;

/** What is to be written to one partition, in order: one batch at a time is on its way, the rest waits. */
export class PartitionLane<Token> {
  readonly topic: TopicView;
  readonly partition: number;
  /** Before this time it is not tried again. */
  retryAt = 0;
  /** A request that carries its batch is on its way. */
  isSending = false;
  /** Since when the cluster has not had the topic; null while it has. */
  missingSince: number | null = null;
  #waiting: LaneItem<Token>[] = [];
  #taken = 0;
  #batch: LaneBatch<Token> | null = null;
  #sequence = 0;
  #mostRecords = BATCH_RECORDS;

  constructor(topic: TopicView, partition: number) {
    this.topic = topic;
    this.partition = partition;
  }

  get name(): string {
    return `${this.topic.name}-${this.partition}`;
  }

  get batch(): LaneBatch<Token> | null {
    return this.#batch;
  }

  get isIdle(): boolean {
    return this.#batch === null && this.#taken === this.#waiting.length;
  }

  add(item: LaneItem<Token>): void {
    this.#waiting.push(item);
  }

  /** The batch to be sent next; made of what waits where there is none. */
  nextBatch(identity: ProducerIdentity, now: number): LaneBatch<Token> {
    this.#batch ??= this.#batchOf(this.#take(), identity, now);
    return this.#batch;
  }

  /** The batch is in the log, or known not to be wanted there: gives its items. */
  settle(isWritten: boolean): readonly LaneItem<Token>[] {
    const { items } = this.#batch!;
    this.#batch = null;
    if (isWritten) {
      this.#sequence = (this.#sequence + items.length) % SEQUENCES;
      this.#mostRecords = Math.min(BATCH_RECORDS, this.#mostRecords * 2);
    }
    return items;
  }

  /** The batch was refused for what is in it: what is left of it is tried anew, in smaller ones. */
  split(left: readonly LaneItem<Token>[], mostRecords: number): void {
    this.#batch = null;
    this.#mostRecords = Math.max(1, mostRecords);
    this.#waiting = [...left, ...this.#waiting.slice(this.#taken)];
    this.#taken = 0;
  }

  /** Takes back everything that is in no batch. */
  dropWaiting(): readonly LaneItem<Token>[] {
    const dropped = this.#waiting.slice(this.#taken);
    this.#waiting = [];
    this.#taken = 0;
    return dropped;
  }

  /** As many of those that wait as make a batch: all of one compression. */
  #take(): LaneItem<Token>[] {
    const first = this.#waiting[this.#taken]!;
    const items: LaneItem<Token>[] = [];
    let bytes = 0;
    for (let at = this.#taken; at < this.#waiting.length; at++) {
      const item = this.#waiting[at]!;
      const isFull =
        items.length >= this.#mostRecords || (items.length > 0 && bytes + item.bytes > BATCH_BYTES);
      if (isFull || item.compression !== first.compression) break;
      items.push(item);
      bytes += item.bytes;
    }
    this.#taken += items.length;
    if (this.#taken === this.#waiting.length) {
      this.#waiting = [];
      this.#taken = 0;
    }
    return items;
  }

  #batchOf(items: LaneItem<Token>[], identity: ProducerIdentity, now: number): LaneBatch<Token> {
    const bytes = encodeRecordBatch({
      records: items.map(({ record }) => record),
      compression: items[0]!.compression,
      ...identity,
      baseSequence: this.#sequence,
    });
    return { items, bytes, deadline: now + DELIVERY_MS, mayBeWritten: false, failure: null };
  }
}
