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
/** Messages are far from the others when nothing was written for so many times as long as the others span … */
const FAR = 4;
/** … and they are no more than this share of all. */
const FEW = 0.01;

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
  const kept = [...cells].sort(([one], [other]) => one - other);
  const most = FEW * kept.reduce((sum, [, count]) => sum + count, 0);
  let [from, to] = [0, kept.length - 1];
  let [earlier, later] = [0, 0];
  const at = (index: number) => kept[index]![0];
  for (let isDone = false; !isDone && to > from; ) {
    isDone = true;
    const before = earlier + kept[from]![1];
    if (before <= most && at(from + 1) - at(from) > FAR * (at(to) - at(from + 1) + 1)) {
      earlier = before;
      from += 1;
      isDone = false;
    }
    const after = later + kept[to]![1];
    if (to > from && after <= most && at(to) - at(to - 1) > FAR * (at(to - 1) - at(from) + 1)) {
      later = after;
      to -= 1;
      isDone = false;
    }
  }
  return { kept: kept.slice(from, to + 1), earlier, later };
}
