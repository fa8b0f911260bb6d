import type { MessageAddress } from '../../../lib/contract/sending.ts';
import type { OffsetsByTopic } from './selection.ts';

/** Offsets of one partition of which all are wanted. */
export interface FoundRun {
  readonly topic: string;
  readonly partition: number;
  first: number;
  last: number;
}

/** So many commands can still be read. */
const MOST_RUNS = 20;

/** Where the messages of a selection lie: from where to where in each partition, and without gaps or not. */
export class FoundRuns {
  readonly #bounds = new Map<string, FoundRun>();
  #runs: FoundRun[] | null = [];

  /** Messages of a partition come in order. */
  add({ topic, partition, offset }: MessageAddress): void {
    const key = `${topic}-${partition}`;
    const bounds = this.#bounds.get(key);
    if (bounds) bounds.last = offset;
    else this.#bounds.set(key, { topic, partition, first: offset, last: offset });
    this.#addToRun({ topic, partition, offset });
  }

  /** Null when they are too many to be told one by one. */
  get runs(): readonly FoundRun[] | null {
    return this.#runs;
  }

  get from(): OffsetsByTopic {
    return this.#byTopic(({ first }) => first);
  }

  /** Exclusive. */
  get until(): OffsetsByTopic {
    return this.#byTopic(({ last }) => last + 1);
  }

  #addToRun({ topic, partition, offset }: MessageAddress): void {
    const run = this.#runs?.find(
      (one) => one.topic === topic && one.partition === partition && one.last === offset - 1,
    );
    if (run) run.last = offset;
    else if (this.#runs && this.#runs.length < MOST_RUNS) {
      this.#runs.push({ topic, partition, first: offset, last: offset });
    } else this.#runs = null;
  }

  #byTopic(offset: (run: FoundRun) => number): OffsetsByTopic {
    const byTopic: OffsetsByTopic = {};
    for (const run of this.#bounds.values()) {
      byTopic[run.topic] ??= {};
      byTopic[run.topic]![run.partition] = offset(run);
    }
    return byTopic;
  }
}
