import type { SendingEnd } from '../../../lib/contract/sending.ts';

type Range = SendingEnd['ranges'][number];

/** Where the messages of a sending lie, by topic and partition. */
export class WrittenRanges {
  readonly #ranges = new Map<string, Range>();

  /** @param firstOffset null: a broker has them and does not say where */
  add(topic: string, partition: number, firstOffset: number | null, count: number): void {
    const key = `${topic}-${partition}`;
    const range = this.#ranges.get(key);
    const lastOffset = firstOffset === null ? null : firstOffset + count - 1;
    if (range) {
      range.count += count;
      if (firstOffset === null || lastOffset === null) return;
      range.firstOffset = Math.min(range.firstOffset, firstOffset);
      range.lastOffset = Math.max(range.lastOffset, lastOffset);
    } else if (firstOffset !== null && lastOffset !== null) {
      this.#ranges.set(key, { topic, partition, firstOffset, lastOffset, count });
    }
  }

  /** By topic and partition. */
  all(): Range[] {
    return [...this.#ranges.values()].sort((one, other) =>
      one.topic < other.topic ? -1 : one.topic > other.topic ? 1 : one.partition - other.partition,
    );
  }
}
