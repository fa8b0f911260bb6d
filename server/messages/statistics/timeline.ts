import type { MessageStatistics } from '../../../lib/contract/statistics.ts';
import { COUNTING_SPANS, ROUND_SPANS, spanAt, startOfSpan } from './round-spans.ts';

type ToldTimeline = MessageStatistics['timeline'];

/** So many spans of time are counted apart; when there are more, longer ones are taken. */
const MOST_CELLS = 2048;
/** So many partitions are told apart. */
const MOST_PARTITIONS = 64;
/** ISO 8601 writes only these years with four digits. */
const FIRST_TIME = Date.parse('0000-01-01T00:00:00Z');
const END_TIME = Date.UTC(10_000, 0, 1);
/** All but so many, at either end, are the bulk of messages … */
const FEW = 0.01;
/** … and so many times as long as the bulk spans is far from it. */
const FAR = 4;

type Cells = Map<number, number>;

/** Plain data, so that threads can hand it over. */
export interface TimelineState {
  /** Which of COUNTING_SPANS is counted by. */
  level: number;
  cells: Cells;
  /** By topic and partition; null where there are too many. */
  partitions: Map<string, Map<number, Cells>> | null;
  withoutTime: number;
}

/**
 * How many messages were written when. The spans of time that they are counted by are as short as there is room for, and become
 * longer as the messages need it; which ones are counted by at the end depends on nothing but the messages.
 */
export class Timeline {
  readonly state: TimelineState = { level: 0, cells: new Map(), partitions: new Map(), withoutTime: 0 };

  add(topic: string, partition: number, timestamp: number): void {
    const { state } = this;
    const cells = this.#cellsOf(topic, partition);
    if (timestamp === -1 || timestamp < FIRST_TIME || timestamp >= END_TIME) {
      state.withoutTime += 1;
      return;
    }
    const index = spanAt(timestamp, COUNTING_SPANS[state.level]!);
    count(state.cells, index, 1);
    if (cells) count(cells, index, 1);
    if (state.cells.size > MOST_CELLS) this.#coarsen(state.level + 1);
  }

  merge(other: TimelineState): void {
    const { state } = this;
    state.withoutTime += other.withoutTime;
    if (other.level > state.level) this.#coarsen(other.level);
    addCells(state.cells, other.cells, other.level, state.level);
    if (other.partitions === null) state.partitions = null;
    for (const [topic, partitions] of other.partitions ?? []) {
      for (const [partition, cells] of partitions) {
        const mine = this.#cellsOf(topic, partition);
        if (mine) addCells(mine, cells, other.level, state.level);
      }
    }
    if (state.cells.size > MOST_CELLS) this.#coarsen(state.level + 1);
  }

  /**
   * @param mostBuckets in so many at most
   * @param weight how many messages each one stands for
   */
  tell(mostBuckets: number, weight: number): ToldTimeline {
    const { cells, level, withoutTime } = this.state;
    const countingSpan = COUNTING_SPANS[level]!;
    const { kept, earlier, later } = withoutOutliers(cells);
    const [first, last] = [kept[0]?.[0] ?? 0, kept.at(-1)?.[0] ?? 0];
    const toBucket = (cell: number, spanMs: number) => spanAt(startOfSpan(cell, countingSpan), spanMs);
    const bucketsOf = (spanMs: number) => toBucket(last, spanMs) - toBucket(first, spanMs) + 1;
    const bucketMs =
      ROUND_SPANS.find((spanMs) => spanMs % countingSpan === 0 && bucketsOf(spanMs) <= mostBuckets) ??
      ROUND_SPANS.at(-1)!;
    const origin = toBucket(first, bucketMs);
    const length = kept.length === 0 ? 0 : bucketsOf(bucketMs);
    const inBuckets = (counted: Iterable<readonly [cell: number, count: number]>) => {
      const buckets = new Array<number>(length).fill(0);
      for (const [cell, count] of counted) {
        if (cell >= first && cell <= last) buckets[toBucket(cell, bucketMs) - origin]! += count;
      }
      return buckets;
    };
    return {
      bucketMs,
      buckets: inBuckets(kept).map((matched, index) => ({
        start: new Date(startOfSpan(origin + index, bucketMs)).toISOString(),
        matched,
        perSecond: Number(((matched * weight * 1000) / bucketMs).toPrecision(4)),
      })),
      partitions: this.#tellPartitions((of) => (length === 0 ? [] : inBuckets(of))),
      earlier,
      later,
      withoutTime,
    };
  }

  #tellPartitions(inBuckets: (cells: Cells) => number[]): ToldTimeline['partitions'] {
    const { partitions } = this.state;
    if (partitions === null) return null;
    return [...partitions]
      .flatMap(([topic, ofTopic]) =>
        [...ofTopic].map(([partition, cells]) => ({ topic, partition, matched: inBuckets(cells) })),
      )
      .sort((one, other) =>
        one.topic === other.topic ? one.partition - other.partition : one.topic < other.topic ? -1 : 1,
      );
  }

  #cellsOf(topic: string, partition: number): Cells | null {
    const { state } = this;
    if (state.partitions === null) return null;
    let ofTopic = state.partitions.get(topic);
    if (!ofTopic) {
      ofTopic = new Map();
      state.partitions.set(topic, ofTopic);
    }
    let cells = ofTopic.get(partition);
    if (!cells) {
      cells = new Map();
      ofTopic.set(partition, cells);
      const count = [...state.partitions.values()].reduce((sum, { size }) => sum + size, 0);
      if (count > MOST_PARTITIONS) {
        state.partitions = null;
        return null;
      }
    }
    return cells;
  }

  /** Counts by longer spans, by as much longer ones as it takes. */
  #coarsen(level: number): void {
    const { state } = this;
    let next = level;
    let cells = coarser(state.cells, state.level, next);
    while (cells.size > MOST_CELLS) {
      next += 1;
      cells = coarser(state.cells, state.level, next);
    }
    for (const ofTopic of state.partitions?.values() ?? []) {
      for (const [partition, fine] of ofTopic) ofTopic.set(partition, coarser(fine, state.level, next));
    }
    state.cells = cells;
    state.level = next;
  }
}

function count(cells: Cells, index: number, more: number): void {
  cells.set(index, (cells.get(index) ?? 0) + more);
}

function coarser(cells: Cells, level: number, nextLevel: number): Cells {
  const coarse: Cells = new Map();
  addCells(coarse, cells, level, nextLevel);
  return coarse;
}

function addCells(to: Cells, cells: Cells, level: number, toLevel: number): void {
  const [spanMs, toSpanMs] = [COUNTING_SPANS[level]!, COUNTING_SPANS[toLevel]!];
  for (const [index, more] of cells) count(to, spanAt(startOfSpan(index, spanMs), toSpanMs), more);
}

/** A few messages with a wrong clock's time would press all others into one bucket. */
function withoutOutliers(cells: Cells) {
  const sorted = [...cells].sort(([one], [other]) => one - other);
  const few = FEW * countOf(sorted);
  const [first, last] = [cellAfter(sorted, few), cellAfter(sorted.toReversed(), few)];
  const reach = FAR * (last - first + 1);
  const isEarlier = ([cell]: Cell) => cell < first - reach;
  const isLater = ([cell]: Cell) => cell > last + reach;
  return {
    kept: sorted.filter((cell) => !isEarlier(cell) && !isLater(cell)),
    earlier: countOf(sorted.filter(isEarlier)),
    later: countOf(sorted.filter(isLater)),
  };
}

type Cell = readonly [cell: number, count: number];

/** The first cell that has messages after so many. */
function cellAfter(cells: readonly Cell[], messages: number): number {
  let before = 0;
  for (const [cell, count] of cells) {
    before += count;
    if (before > messages) return cell;
  }
  return 0;
}

function countOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, [, count]) => sum + count, 0);
}
