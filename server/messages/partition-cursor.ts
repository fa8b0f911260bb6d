import { Failure } from '../../lib/contract/failure.ts';
import type { MessageProgress } from '../../lib/contract/messages.ts';
import { spoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { ProtocolError } from '../protocol/codec.ts';
import { type MissingPart, problemOf } from '../snapshot/read-problem.ts';
import { endOfBatches } from './end-of-batches.ts';
import type { FetchedPartition, Isolation } from './fetch-partitions.ts';
import type { OffsetWindows } from './offset-windows.ts';
import { OPEN_GATE, type RecordGate } from './record-gate.ts';
import { isInterruption, RecordScan } from './record-scan.ts';
import type { ScannedRecord } from './scanned-record.ts';
import type { TimeSlice } from './time-slice.ts';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 1000;
/** A pause that grows, because a broker that has something else to send does not wait. */
const EMPTY_PAUSE_MS = 5;
/** So many fetches in a row may bring nothing although the log goes on. */
const MOST_EMPTY_FETCHES = 20;
/** What a record is taken to have, in bytes, before any was fetched. */
const LIKELY_RECORD_BYTES = 300;
/** Windows that are so near to each other are fetched together: what lies between costs less than another fetch. */
const NEAR_BYTES = 512 * 1024;
/** A fetch for a window brings a little more, for batches begin and end where they like. */
const BATCH_ROOM_BYTES = 16 * 1024;
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
  /** The record that is read next; null: not found yet. */
  head: ScannedRecord | null = null;
  /** The offset after what was fetched, where the next fetch begins. */
  fetchFrom: number;
  /** While a schema is fetched that it takes to look at the next record. */
  waitsFor: Promise<void> | null = null;
  /** The time of what was looked at last; what follows is probably not older. */
  timestamp = Number.NEGATIVE_INFINITY;
  /** The time of what was looked at first; null before that. */
  firstTimestamp: number | null = null;
  /** Bytes that brokers have sent. */
  bytes = 0;
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
  readonly #gate: RecordGate;
  /** Null: everything up to `end` is read. */
  readonly #windows: OffsetWindows | null;
  #offsetsFetched = 0;
  /** What is being looked at, and what comes next, so that a broker is at work meanwhile. */
  readonly #mostLoaded: number;
  readonly #notes: MissingPart[] = [];
  #untold = 0;
  readonly #loaded: RecordScan[] = [];
  /** By the last scan of what was fetched at once, what is to be done when nobody looks at its bytes any more. */
  readonly #onLeft = new Map<RecordScan, () => void>();
  #scannedBefore = 0;
  #lastStableOffset: number | null = null;
  #failures = 0;

  constructor(
    topic: string,
    partition: number,
    at: { position: number; end: number; logStartOffset: number; logEndOffset: number },
    {
      gate = OPEN_GATE,
      readsAhead = false,
      windows = null,
    }: { gate?: RecordGate; readsAhead?: boolean; windows?: OffsetWindows | null } = {},
  ) {
    this.partition = partition;
    this.subject = `partition ${topic}-${partition}`;
    this.#gate = gate;
    this.#windows = windows;
    this.position = this.#wantedFrom(at.position, at.end);
    this.fetchFrom = this.position;
    this.#mostLoaded = readsAhead ? 2 : 1;
    this.end = at.end;
    this.logStartOffset = at.logStartOffset;
    this.logEndOffset = at.logEndOffset;
  }

  get progress(): MessageProgress['partitions'][number] {
    const { partition, position, end, logStartOffset, logEndOffset } = this;
    const remaining = this.#windows?.countFrom(position) ?? end - position;
    return {
      partition,
      position,
      remaining: Number.isFinite(end) ? Math.max(0, remaining) : null,
      logStartOffset,
      logEndOffset,
    };
  }

  /** Everything that kept messages from being read. */
  get problems(): MissingPart[] {
    const problems = [...this.#notes];
    if (this.#untold > 0) {
      const more = new Failure('internal', say('read.more', { name: this.subject, count: this.#untold }));
      problems.push(problemOf(spoken(this.subject), more));
    }
    if (this.failure) problems.push(problemOf(spoken(this.subject), this.failure));
    return problems;
  }

  /** True when nothing is left to read up to `end`, or nothing can be. */
  get isDone(): boolean {
    return (this.isLost && this.#loaded.length === 0) || (this.head === null && this.position >= this.end);
  }

  /** Records that were looked at. */
  get scanned(): number {
    return this.#scannedBefore + (this.#loaded[0]?.scanned ?? 0);
  }

  /** There is something to look at for the next record. */
  get canAdvance(): boolean {
    return this.head === null && this.#loaded.length > 0 && this.waitsFor === null;
  }

  /**
   * What its next fetch asks for. Up to the last stable offset brokers tell which transactions were aborted, but only to
   * those who ask for committed records; beyond it they send nothing to those.
   */
  get isolation(): Isolation {
    if (this.#gate.committedOnly) return 'committed';
    return this.#lastStableOffset === null || this.fetchFrom < this.#lastStableOffset
      ? 'committed'
      : 'uncommitted';
  }

  /** True when it was left out. */
  get isLost(): boolean {
    return this.isUnreadable || this.hasGivenUp;
  }

  /** Something has to be fetched for it before it can be read on. */
  get isDry(): boolean {
    return this.head === null && this.#loaded.length === 0 && !this.isDone && !this.isFetching;
  }

  /** Something can be fetched for it: there is room, and the log goes on. */
  get isHungry(): boolean {
    if (this.isFetching || this.isLost || this.fetchFrom >= this.end) return false;
    if (this.#loaded.length === 0) return this.head === null;
    return this.#loaded.length < this.#mostLoaded && this.fetchFrom < this.logEndOffset;
  }

  /** What the next fetch should bring at most; infinity where all of the log is wanted. */
  get wantedBytes(): number {
    if (!this.#windows) return Number.POSITIVE_INFINITY;
    const perOffset = this.#offsetsFetched > 0 ? this.bytes / this.#offsetsFetched : LIKELY_RECORD_BYTES;
    const until = this.#windows.endWithin(this.fetchFrom, Math.ceil(NEAR_BYTES / perOffset));
    const offsets = until - this.fetchFrom;
    // A batch that is larger than that is only sent to those who let it be.
    return Math.ceil(offsets * perOffset + BATCH_ROOM_BYTES) * 4 ** this.emptyFetches;
  }

  /** From now on it has no end, and is tried however often it fails. */
  follow(): void {
    this.end = Number.POSITIVE_INFINITY;
    this.hasGivenUp = false;
    this.isFetching = false;
    // What was fetched was looked through up to the end that there was; what has come since is fetched again.
    if (this.fetchFrom === this.position) return;
    this.#dropLoaded();
    this.fetchFrom = this.position;
  }

  /** The head, which is read now. Its bytes are good until this is told to advance. */
  take(): ScannedRecord {
    const record = this.head!;
    this.position = record.offset + 1;
    this.head = null;
    return record;
  }

  /**
   * Takes over what was fetched from `fetchFrom` on.
   *
   * @param onLeft is told when neither this nor who has taken the last head looks at its bytes any more
   */
  load(fetched: FetchedPartition, onLeft: () => void): void {
    const { records, highWatermark, logStartOffset, lastStableOffset, isolation } = fetched;
    const before = this.fetchFrom;
    this.logEndOffset = highWatermark;
    if (logStartOffset >= 0) this.logStartOffset = logStartOffset;
    // Brokers before 0.11 know no transactions: everything is stable.
    this.#lastStableOffset = lastStableOffset >= 0 ? lastStableOffset : highWatermark;
    this.bytes += records.length;
    this.fetchFrom = endOfBatches(records, before, highWatermark);
    this.#offsetsFetched += this.fetchFrom - before;
    const goOn = records.length > 0 ? this.#open(fetched, before, this.fetchFrom) : before;
    if (records.length > 0) this.#onLeft.set(this.#loaded.at(-1)!, onLeft);
    else onLeft();
    const visibleEnd = isolation === 'committed' ? this.#lastStableOffset : highWatermark;
    if (this.fetchFrom > before) this.succeeded();
    else if (before < Math.min(this.end, visibleEnd)) this.#sawNothing();
    else if (visibleEnd < highWatermark && !this.#gate.committedOnly) this.succeeded();
    else if (before < this.end && Number.isFinite(this.end)) this.#endsEarly();
    else this.succeeded();
    this.fetchFrom = goOn;
  }

  /** Begins to look at what was fetched. Returns where to fetch next. */
  #open(fetched: FetchedPartition, from: number, fetchedUntil: number): number {
    const [gate, windows] = [this.#gate, this.#windows];
    if (!windows) {
      this.#loaded.push(new RecordScan(fetched, from, { gate, until: this.end }));
      return fetchedUntil;
    }
    // To pass over batches is to miss where transactions end, so where some were aborted each window is fetched by itself.
    const canPassOver = fetched.abortedTransactions.length === 0;
    let at = from;
    do {
      const until = windows.endAt(at);
      this.#loaded.push(new RecordScan(fetched, at, { gate, until }));
      if (until > fetchedUntil) return fetchedUntil;
      at = this.#wantedFrom(until, this.end);
    } while (canPassOver && at < fetchedUntil && at < this.end);
    return at;
  }

  /** The first offset that is to be read, at this one or after it. */
  #wantedFrom(offset: number, end: number): number {
    return this.#windows ? (this.#windows.next(offset) ?? end) : offset;
  }

  /** Looks for the next record in what was fetched, for one turn at most. */
  advance(slice?: TimeSlice): void {
    for (let scan = this.#loaded[0]; scan && this.head === null; scan = this.#loaded[0]) {
      try {
        const found = scan.next(slice);
        this.#noteUnreadable(scan);
        this.timestamp = Math.max(this.timestamp, scan.timestamp);
        this.firstTimestamp ??= scan.firstTimestamp;
        if (isInterruption(found)) {
          this.#interrupt(scan, found.until);
          return;
        }
        if (found !== null) {
          this.head = found;
          this.position = found.offset;
          this.timestamp = Math.max(this.timestamp, found.timestamp);
          return;
        }
        this.position = this.#wantedFrom(Math.max(this.position, scan.nextOffset), this.end);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        const { subject: name, position } = this;
        this.failed(
          new Failure('internal', say('read.noBatch', { name, position, reason: error.message })),
          true,
        );
        this.#leave(scan);
        this.#dropLoaded();
        return;
      }
      this.#leave(scan);
    }
  }

  #interrupt(scan: RecordScan, until: Promise<void> | null): void {
    this.position = Math.max(this.position, scan.nextOffset);
    if (until === null) return;
    this.waitsFor = until.then(() => {
      this.waitsFor = null;
    });
  }

  /** At once, for what lies before the position will not be looked at again. */
  #noteUnreadable(scan: RecordScan): void {
    for (const { baseOffset, lastOffset, reason } of scan.unreadable.splice(0)) {
      const where = { name: this.subject, first: baseOffset, last: lastOffset };
      this.#note(new Failure('internal', say('read.unreadable', { ...where, reason })));
    }
  }

  #leave(scan: RecordScan): void {
    this.#noteUnreadable(scan);
    this.#scannedBefore += scan.scanned;
    this.#loaded.shift();
    this.#letGo(scan);
  }

  #endsEarly(): void {
    this.failed(
      new Failure('unavailable', say('read.endsBefore', { name: this.subject, end: this.end }), {
        action: say('read.endsBefore.do'),
      }),
    );
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
    this.position = this.#wantedFrom(to.position, this.end);
    this.logStartOffset = to.logStartOffset;
    this.logEndOffset = to.logEndOffset;
    this.fetchFrom = this.position;
    this.#dropLoaded();
    this.succeeded();
  }

  #sawNothing(): void {
    this.emptyFetches += 1;
    this.retryAt = Date.now() + EMPTY_PAUSE_MS * this.emptyFetches;
    if (this.emptyFetches < MOST_EMPTY_FETCHES) return;
    const { subject: name, fetchFrom: position, logEndOffset: end } = this;
    this.failed(new Failure('internal', say('read.nothingCame', { name, position, end })), true);
  }

  #dropLoaded(): void {
    this.#scannedBefore = this.scanned;
    this.head = null;
    for (const scan of this.#loaded.splice(0)) this.#letGo(scan);
  }

  #letGo(scan: RecordScan): void {
    this.#onLeft.get(scan)?.();
    this.#onLeft.delete(scan);
  }

  #note(failure: Failure): void {
    if (this.#notes.length < MOST_NOTES) this.#notes.push(problemOf(spoken(this.subject), failure));
    else this.#untold += 1;
  }
}
