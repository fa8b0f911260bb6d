import { ERROR } from '../../../../protocol/errors.ts';
import { GroupRefusal } from '../../group-refusal.ts';
import { combineBatches, DELIVERY_STATE, type ShareState, type StateBatch } from '../state/share-state.ts';
import type { ShareStateChange } from '../state/share-state-records.ts';

/** How an application acknowledges a record, as ShareAcknowledge numbers it; 0 stands for an offset without a record. */
export const ACKNOWLEDGE = { gap: 0, accept: 1, release: 2, reject: 3, renew: 4 } as const;

/** What the group's configs say of the delivery of records. Asked anew each time: they may change. */
export interface DeliverySettings {
  readonly lockDurationMs: number;
  readonly deliveryCountLimit: number;
  readonly maxRecordLocks: number;
  readonly renewEnabled: boolean;
}

export interface Acknowledgement {
  readonly firstOffset: number;
  readonly lastOffset: number;
  /** One for each offset, or one for all. */
  readonly types: readonly number[];
}

/** Records that a member may work on, and how often each of them has been given to somebody. */
export interface AcquiredRange {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryCount: number;
}

/** What was read of the log: where its batches begin and end. */
export interface ReadBatch {
  readonly baseOffset: number;
  readonly lastOffset: number;
  /** A transaction that was aborted wrote it: readers of committed records never see it. */
  readonly isAborted: boolean;
}

interface Lock {
  readonly memberId: string;
  readonly timer: NodeJS.Timeout;
}

interface Tracked {
  state: number;
  deliveryCount: number;
  memberId: string;
  lock: Lock | null;
  /** A change of it is being written down. */
  isChanging: boolean;
}

interface Change {
  readonly offset: number;
  readonly record: Tracked;
  readonly state: number;
}

export interface SharePartitionSurroundings {
  settings(): DeliverySettings;
  /** Writes a change of the state down. @throws GroupRefusal */
  write(change: Omit<ShareStateChange, 'leaderEpoch'>): Promise<void>;
  /** Records have become available. */
  onAvailable(): void;
}

/**
 * A partition as one share group sees it (KIP-932), on the broker that leads it: each record from the start offset on is
 * available, acquired by a member for a while, acknowledged or archived. What is done at the front moves the start on.
 */
export class SharePartition {
  readonly #surroundings: SharePartitionSurroundings;
  readonly #records = new Map<number, Tracked>();
  #start: number;
  /** After the last record that was ever looked at. */
  #end: number;

  constructor(state: ShareState, startOffset: number, surroundings: SharePartitionSurroundings) {
    this.#surroundings = surroundings;
    this.#start = startOffset;
    this.#end = startOffset;
    for (const { firstOffset, lastOffset, deliveryState, deliveryCount } of state.batches) {
      for (let offset = firstOffset; offset <= lastOffset; offset += 1) {
        this.#records.set(offset, {
          state: deliveryState,
          deliveryCount,
          memberId: '',
          lock: null,
          isChanging: false,
        });
      }
      this.#end = Math.max(this.#end, lastOffset + 1);
    }
    this.#fillGaps();
    this.#advance();
  }

  get startOffset(): number {
    return this.#start;
  }

  /** Where to read next: at the first record that nobody has, else at what was never looked at. Null when no more may be locked. */
  get nextFetchOffset(): number | null {
    for (let offset = this.#start; offset < this.#end; offset += 1) {
      const record = this.#records.get(offset);
      if (record?.state === DELIVERY_STATE.available && !record.isChanging) return offset;
    }
    return this.#end - this.#start < this.#surroundings.settings().maxRecordLocks ? this.#end : null;
  }

  /** The log begins later than the group has read: what is gone is no longer waited for. */
  logStartsAt(offset: number): void {
    if (offset <= this.#start) return;
    for (const [at, record] of this.#records) {
      if (at < offset && record.state === DELIVERY_STATE.available) record.state = DELIVERY_STATE.archived;
    }
    this.#start = offset;
    this.#end = Math.max(this.#end, offset);
    this.#advance();
  }

  /**
   * Gives a member the records of these batches that nobody has, whole batches until there are enough. What was read from
   * `fetchOffset` and is not in the batches is no longer in the log.
   * @param strict no more records than asked for, rather than whole batches (KIP-1206)
   */
  acquire(
    memberId: string,
    fetchOffset: number,
    batches: readonly ReadBatch[],
    maxRecords: number,
    strict: boolean,
  ): AcquiredRange[] {
    const [first, last] = [batches[0], batches.at(-1)];
    if (first === undefined || last === undefined) return [];
    const { maxRecordLocks, lockDurationMs } = this.#surroundings.settings();
    for (let offset = fetchOffset; offset < first.baseOffset; offset += 1) this.#archiveGap(offset);
    const lock = this.#lock(memberId, lockDurationMs);
    const acquired: AcquiredRange[] = [];
    let count = 0;
    for (const batch of batches) {
      if (count >= maxRecords) break;
      for (let offset = Math.max(batch.baseOffset, this.#start); offset <= batch.lastOffset; offset += 1) {
        if (strict && count >= maxRecords) break;
        if (offset - this.#start >= maxRecordLocks) break;
        const record = this.#recordAt(offset);
        if (record.state !== DELIVERY_STATE.available || record.isChanging) continue;
        if (batch.isAborted) {
          record.state = DELIVERY_STATE.archived;
          continue;
        }
        record.state = DELIVERY_STATE.acquired;
        record.deliveryCount += 1;
        record.memberId = memberId;
        record.lock = lock;
        count += 1;
        addTo(acquired, offset, record.deliveryCount);
      }
    }
    if (count === 0) clearTimeout(lock.timer);
    this.#advance();
    return acquired;
  }

  /** Takes a member's word for records that it has. All of it counts or nothing. @throws GroupRefusal */
  acknowledge(memberId: string, acknowledgements: readonly Acknowledgement[]): Promise<void> {
    const changes: Change[] = [];
    try {
      for (const acknowledgement of acknowledgements) this.#plan(memberId, acknowledgement, changes);
    } catch (error) {
      for (const { record } of changes) record.isChanging = false;
      throw error;
    }
    return this.#settle(changes);
  }

  /** A member has gone: others get what it had. @throws GroupRefusal */
  release(memberId: string): Promise<void> {
    return this.#settle(
      this.#held((record) => record.memberId === memberId).map(({ offset, record }) => ({
        offset,
        record,
        state: this.#stateWhenReleased(record),
      })),
    );
  }

  /** Stops its clocks: another broker serves it from now on, or nobody. */
  close(): void {
    for (const { lock } of this.#records.values()) if (lock !== null) clearTimeout(lock.timer);
    this.#records.clear();
  }

  #plan(memberId: string, { firstOffset, lastOffset, types }: Acknowledgement, changes: Change[]): void {
    if (lastOffset < this.#start) return;
    if (lastOffset >= this.#end) {
      const isKnown = firstOffset < this.#end;
      throw new GroupRefusal(
        ERROR.INVALID_REQUEST,
        `Batch record not found. The ${isKnown ? 'last' : 'first'} offset in request is past acquired records.`,
      );
    }
    const { renewEnabled, lockDurationMs } = this.#surroundings.settings();
    let renewed: Lock | null = null;
    for (let offset = Math.max(firstOffset, this.#start); offset <= lastOffset; offset += 1) {
      const type = types.length > 1 ? types[offset - firstOffset]! : types[0]!;
      const record = this.#recordAt(offset);
      throwIfNotHeld(record, memberId);
      if (type === ACKNOWLEDGE.renew) {
        if (!renewEnabled) throw invalidState('Renewing acquisition locks is not enabled for the group.');
        renewed ??= this.#lock(memberId, lockDurationMs);
        record.lock = renewed;
        continue;
      }
      record.isChanging = true;
      changes.push({ offset, record, state: this.#stateAfter(type, record) });
    }
  }

  #stateAfter(type: number, record: Tracked): number {
    if (type === ACKNOWLEDGE.accept) return DELIVERY_STATE.acknowledged;
    return type === ACKNOWLEDGE.release ? this.#stateWhenReleased(record) : DELIVERY_STATE.archived;
  }

  /** A record that was delivered as often as it may be is given up. */
  #stateWhenReleased({ deliveryCount }: Tracked): number {
    const { deliveryCountLimit } = this.#surroundings.settings();
    return deliveryCount >= deliveryCountLimit ? DELIVERY_STATE.archived : DELIVERY_STATE.available;
  }

  /** Writes changes down, then makes them; when that fails everything stays as it was. */
  async #settle(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    for (const { record } of changes) record.isChanging = true;
    const batches = changes.map(
      ({ offset, record, state }): StateBatch => ({
        firstOffset: offset,
        lastOffset: offset,
        deliveryState: state,
        deliveryCount: record.deliveryCount,
      }),
    );
    const done = changes.filter(({ state }) => isDone(state)).length;
    try {
      await this.#surroundings.write({
        startOffset: this.#start,
        deliveryCompleteCount: this.#doneCount() + done,
        batches: combineBatches([], batches, this.#start),
      });
    } catch (error) {
      for (const { record } of changes) {
        record.isChanging = false;
        // Its lock ran out while the write was under way.
        if (record.lock === null && record.state === DELIVERY_STATE.acquired) this.#letGo(record);
      }
      throw error;
    }
    let isAvailable = false;
    for (const { record, state } of changes) {
      record.isChanging = false;
      record.state = state;
      record.memberId = '';
      record.lock = null;
      if (state === DELIVERY_STATE.available) isAvailable = true;
    }
    this.#advance();
    // What is done at the front also makes room for more locks.
    if (isAvailable || done > 0) this.#surroundings.onAvailable();
  }

  #letGo(record: Tracked): void {
    record.state = this.#stateWhenReleased(record);
    record.memberId = '';
  }

  #lock(memberId: string, durationMs: number): Lock {
    const lock: Lock = {
      memberId,
      timer: setTimeout(() => {
        const expired = this.#held((record) => record.lock === lock);
        const changes = expired.map(({ offset, record }) => ({
          offset,
          record,
          state: this.#stateWhenReleased(record),
        }));
        for (const { record } of this.#heldByChanging(lock)) record.lock = null;
        // A lock ends even when that can't be written down.
        this.#settle(changes).catch(() => {
          for (const { record } of changes) this.#letGo(record);
          this.#surroundings.onAvailable();
        });
      }, durationMs),
    };
    lock.timer.unref();
    return lock;
  }

  #held(isMeant: (record: Tracked) => boolean): { offset: number; record: Tracked }[] {
    const held: { offset: number; record: Tracked }[] = [];
    for (const [offset, record] of this.#records) {
      const isHeld = record.state === DELIVERY_STATE.acquired && !record.isChanging;
      if (isHeld && isMeant(record)) held.push({ offset, record });
    }
    return held;
  }

  #heldByChanging(lock: Lock): { record: Tracked }[] {
    return [...this.#records.values()]
      .filter((record) => record.isChanging && record.lock === lock)
      .map((record) => ({ record }));
  }

  #recordAt(offset: number): Tracked {
    let record = this.#records.get(offset);
    if (record === undefined) {
      record = {
        state: DELIVERY_STATE.available,
        deliveryCount: 0,
        memberId: '',
        lock: null,
        isChanging: false,
      };
      this.#records.set(offset, record);
      // What the log does not have between two batches counts as done.
      for (let gap = this.#end; gap < offset; gap += 1) this.#archiveGap(gap);
      this.#end = Math.max(this.#end, offset + 1);
    }
    return record;
  }

  #archiveGap(offset: number): void {
    if (offset < this.#start) return;
    const record = this.#records.get(offset);
    if (record === undefined) {
      const state = DELIVERY_STATE.archived;
      this.#records.set(offset, { state, deliveryCount: 0, memberId: '', lock: null, isChanging: false });
      this.#end = Math.max(this.#end, offset + 1);
    } else if (record.state === DELIVERY_STATE.available && !record.isChanging) {
      record.state = DELIVERY_STATE.archived;
    }
  }

  /** What was acquired when the state was last written is not in it: those records are available again. */
  #fillGaps(): void {
    for (let offset = this.#start; offset < this.#end; offset += 1) this.#recordAt(offset);
  }

  #advance(): void {
    while (this.#start < this.#end) {
      const record = this.#records.get(this.#start);
      if (record === undefined || !isDone(record.state) || record.isChanging) break;
      this.#start += 1;
    }
    for (const offset of this.#records.keys()) if (offset < this.#start) this.#records.delete(offset);
  }

  #doneCount(): number {
    let count = 0;
    for (const [offset, { state }] of this.#records) if (offset >= this.#start && isDone(state)) count += 1;
    return count;
  }
}

function isDone(state: number): boolean {
  return state === DELIVERY_STATE.acknowledged || state === DELIVERY_STATE.archived;
}

function invalidState(message: string): GroupRefusal {
  return new GroupRefusal(ERROR.INVALID_RECORD_STATE, message);
}

function throwIfNotHeld(record: Tracked, memberId: string): void {
  if (record.state !== DELIVERY_STATE.acquired) {
    throw invalidState('The offset cannot be acknowledged. The offset is not acquired.');
  }
  if (record.isChanging) {
    throw invalidState(
      'The record state is invalid. The acknowledgement of delivery could not be completed.',
    );
  }
  if (record.memberId !== memberId) throw invalidState('Member is not the owner of offset');
}

function addTo(ranges: AcquiredRange[], offset: number, deliveryCount: number): void {
  const last = ranges.at(-1);
  if (last !== undefined && last.lastOffset + 1 === offset && last.deliveryCount === deliveryCount) {
    ranges[ranges.length - 1] = { ...last, lastOffset: offset };
  } else ranges.push({ firstOffset: offset, lastOffset: offset, deliveryCount });
}
