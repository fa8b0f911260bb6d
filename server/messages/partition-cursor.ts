import { Failure } from '../../lib/contract/failure.ts';
import type { MessageProgress } from '../../lib/contract/messages.ts';
import { spoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { ProtocolError } from '../protocol/codec.ts';
import type { DecodedRecord } from '../protocol/records/record-batch.ts';
import { type MissingPart, problemOf } from '../snapshot/read-problem.ts';
import type { FetchedPartition } from './fetch-partitions.ts';
import { RecordScan } from './record-scan.ts';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 1000;
/** A pause that grows, because a broker that has something else to send does not wait. */
const EMPTY_PAUSE_MS = 5;
/** So many fetches in a row may bring nothing although the log goes on. */
const MOST_EMPTY_FETCHES = 20;
/** What is told of each partition's unreadable batches and gaps at most. */
const MOST_NOTES = 10;

/** How far the reading of one partition is, what was fetched of it and not read yet, and what went wrong. */
export class PartitionCursor {
  readonly partition: number;
  readonly subject: string;
  /** The offset that is read next. */
  position: number;
  /** Where reading ends, exclusive; infinity while following. */
  end: number;
  logStartOffset: number;
  logEndOffset: number;
  /** The record that is read next; null: something has to be fetched. */
  head: DecodedRecord | null = null;
  isFetching = false;
  /** In a row, those that brought nothing although the log goes on. */
  emptyFetches = 0;
  /** Why the last try failed; null when it did not. */
  failure: Failure | null = null;
  failingSince = 0;
  retryAt = 0;
  /** Left out because it kept failing. */
  hasGivenUp = false;
  /** Left out for good. */
  isUnreadable = false;
  /** Records decoded. */
  scanned = 0;
  readonly #notes: MissingPart[] = [];
  #scan: RecordScan | null = null;
  #failures = 0;

  constructor(
    topic: string,
    partition: number,
    at: { position: number; end: number; logStartOffset: number; logEndOffset: number },
  ) {
    this.partition = partition;
    this.subject = `partition ${topic}-${partition}`;
    this.position = at.position;
    this.end = at.end;
    this.logStartOffset = at.logStartOffset;
    this.logEndOffset = at.logEndOffset;
  }

  get progress(): MessageProgress['partitions'][number] {
    const { partition, position, end, logStartOffset, logEndOffset } = this;
    const remaining = Number.isFinite(end) ? Math.max(0, end - position) : null;
    return { partition, position, remaining, logStartOffset, logEndOffset };
  }

  /** Everything that kept messages from being read. */
  get problems(): MissingPart[] {
    if (!this.failure) return [...this.#notes];
    return [...this.#notes, problemOf(spoken(this.subject), this.failure)];
  }

  /** True when nothing is left to read up to `end`, or nothing can be. */
  get isDone(): boolean {
    return this.isLost || (this.head === null && this.position >= this.end);
  }

  /** True when it was left out. */
  get isLost(): boolean {
    return this.isUnreadable || this.hasGivenUp;
  }

  /** Something has to be fetched for it before it can be read on. */
  get isDry(): boolean {
    return this.head === null && !this.isDone && !this.isFetching;
  }

  /** From now on it has no end, and is tried however often it fails. */
  follow(): void {
    this.end = Number.POSITIVE_INFINITY;
    this.hasGivenUp = false;
  }

  /** The head, with the next one put in its place. */
  take(): DecodedRecord {
    const record = this.head!;
    this.position = record.offset + 1;
    this.#advance();
    return record;
  }

  /** Takes over what was fetched from `position` on. */
  load({ records, highWatermark, logStartOffset }: FetchedPartition): void {
    this.logEndOffset = highWatermark;
    if (logStartOffset >= 0) this.logStartOffset = logStartOffset;
    const before = this.position;
    this.#scan = new RecordScan(records, before);
    this.#advance();
    const isAtEnd = this.position >= Math.min(this.end, highWatermark);
    if (this.head !== null || this.position > before) this.succeeded();
    else if (!isAtEnd) this.#sawNothing();
    else if (this.position >= highWatermark && this.position < this.end && Number.isFinite(this.end)) {
      this.failed(
        new Failure('unavailable', say('read.endsBefore', { name: this.subject, end: this.end }), {
          action: say('read.endsBefore.do'),
        }),
      );
    } else this.succeeded();
  }

  failed(failure: Failure, isFinal = false): void {
    if (this.#failures === 0) this.failingSince = Date.now();
    this.failure = failure;
    this.#failures += 1;
    this.retryAt = Date.now() + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.#failures - 1));
    if (isFinal) this.isUnreadable = true;
  }

  succeeded(): void {
    this.failure = null;
    this.#failures = 0;
    this.emptyFetches = 0;
    this.retryAt = 0;
  }

  /** Goes on at another offset because the one it wanted is not in the log any more. */
  jump(to: { position: number; logStartOffset: number; logEndOffset: number }): void {
    const name = this.subject;
    this.#note(
      new Failure(
        'unavailable',
        to.position > this.position
          ? say('read.deletedMeanwhile', { name, first: this.position, last: to.position - 1 })
          : say('read.cutBack', { name, from: this.position, to: to.position }),
      ),
    );
    this.position = to.position;
    this.logStartOffset = to.logStartOffset;
    this.logEndOffset = to.logEndOffset;
    this.#scan = null;
    this.head = null;
    this.succeeded();
  }

  #sawNothing(): void {
    this.emptyFetches += 1;
    this.retryAt = Date.now() + EMPTY_PAUSE_MS * this.emptyFetches;
    if (this.emptyFetches < MOST_EMPTY_FETCHES) return;
    const { subject: name, position, logEndOffset: end } = this;
    this.failed(new Failure('internal', say('read.nothingCame', { name, position, end })), true);
  }

  #advance(): void {
    this.head = null;
    if (!this.#scan) return;
    const scan = this.#scan;
    try {
      const record = scan.next();
      if (record !== null && record.offset < this.end) {
        this.scanned += 1;
        this.head = record;
        return;
      }
      this.position = Math.max(this.position, record === null ? scan.nextOffset : this.end);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      const { subject: name, position } = this;
      this.failed(
        new Failure('internal', say('read.noBatch', { name, position, reason: error.message })),
        true,
      );
    }
    for (const { baseOffset, lastOffset, reason } of scan.unreadable) {
      const where = { name: this.subject, first: baseOffset, last: lastOffset };
      this.#note(new Failure('internal', say('read.unreadable', { ...where, reason })));
    }
    this.#scan = null;
  }

  #note(failure: Failure): void {
    if (this.#notes.length < MOST_NOTES) this.#notes.push(problemOf(spoken(this.subject), failure));
  }
}
