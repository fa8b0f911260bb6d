import type { MessageStatistics } from '../../../lib/contract/statistics.ts';
import { timeText } from '../message-of-record.ts';

type ToldPartition = MessageStatistics['partitions'][number];

/** So many are told. */
const MOST_TOLD = 1000;

interface Seen {
  readonly offset: number;
  readonly timestamp: number;
}

/** Plain data, so that threads can hand it over. */
export interface PartitionState {
  readonly topic: string;
  readonly partition: number;
  matched: number;
  bytes: number;
  first: Seen | null;
  last: Seen | null;
}

/** How many messages each partition has, and from where to where. */
export class PartitionCounts {
  readonly #byTopic = new Map<string, Map<number, PartitionState>>();

  /** One that is told, whether it has messages or not. */
  expect(topic: string, partition: number): void {
    this.#of(topic, partition);
  }

  add(topic: string, partition: number, { offset, timestamp }: Seen, bytes: number): void {
    const known = this.#of(topic, partition);
    known.matched += 1;
    known.bytes += bytes;
    known.first = earlier(known.first, offset, timestamp);
    known.last = later(known.last, offset, timestamp);
  }

  merge(states: readonly PartitionState[]): void {
    for (const { topic, partition, matched, bytes, first, last } of states) {
      const known = this.#of(topic, partition);
      known.matched += matched;
      known.bytes += bytes;
      if (first) known.first = earlier(known.first, first.offset, first.timestamp);
      if (last) known.last = later(known.last, last.offset, last.timestamp);
    }
  }

  get state(): readonly PartitionState[] {
    return [...this.#byTopic.values()].flatMap((partitions) => [...partitions.values()]);
  }

  tell(): { partitions: ToldPartition[]; morePartitions: number } {
    const all = this.state;
    const told = all.toSorted((one, other) => other.matched - one.matched).slice(0, MOST_TOLD);
    return {
      partitions: told.sort(inOrder).map((state) => ({
        ...state,
        first: seenText(state.first),
        last: seenText(state.last),
      })),
      morePartitions: all.length - told.length,
    };
  }

  #of(topic: string, partition: number): PartitionState {
    let ofTopic = this.#byTopic.get(topic);
    if (!ofTopic) {
      ofTopic = new Map();
      this.#byTopic.set(topic, ofTopic);
    }
    let state = ofTopic.get(partition);
    if (!state) {
      state = { topic, partition, matched: 0, bytes: 0, first: null, last: null };
      ofTopic.set(partition, state);
    }
    return state;
  }
}

function earlier(known: Seen | null, offset: number, timestamp: number): Seen {
  return known !== null && known.offset <= offset ? known : { offset, timestamp };
}

function later(known: Seen | null, offset: number, timestamp: number): Seen {
  return known !== null && known.offset >= offset ? known : { offset, timestamp };
}

function inOrder(one: PartitionState, other: PartitionState): number {
  if (one.topic === other.topic) return one.partition - other.partition;
  return one.topic < other.topic ? -1 : 1;
}

function seenText(seen: Seen | null): ToldPartition['first'] {
  return seen && { offset: seen.offset, timestamp: timeText(seen.timestamp) };
}
