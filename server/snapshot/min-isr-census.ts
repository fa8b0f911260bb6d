import { Failure } from '../../lib/contract/failure.ts';
import { spoken } from '../../lib/contract/sentence.ts';
import { countMinIsr, type MinIsrCounts } from '../../lib/kafka/health.ts';
import { type ClusterLink, pieces } from './cluster-link.ts';
import { readConfigSummaries } from './config-reader.ts';
import { settledBy } from './on-demand.ts';
import { asFailure, type MissingPart, problemOf } from './read-problem.ts';
import type { TopicIndex } from './topic-index.ts';

const MIN_ISR = ['min.insync.replicas'];
const TOPICS_PER_REQUEST = 500;
/** A round begins this long after the last one, and rests so many times as long as that one took. */
const ROUND_MS = 2000;
const REST = 20;

/**
 * Knows `min.insync.replicas` of every topic, for the counts of partitions under and at it. Reads all topics in rounds
 * while somebody looks, and new topics at once.
 */
export class MinIsrCensus {
  readonly #link: ClusterLink;
  #values: ReadonlyMap<string, number> = new Map();
  #failure: Failure | null = null;
  #round: Promise<void> | null = null;
  #nextRoundAt = 0;
  #counted: { topics: TopicIndex; values: ReadonlyMap<string, number>; counts: MinIsrCounts } | null = null;

  constructor(link: ClusterLink) {
    this.#link = link;
  }

  /** The counts of a snapshot's topics; null while a topic's value is not known. Waits only while nothing is known. */
  async counts(
    topics: TopicIndex,
    until: number,
  ): Promise<{ counts: MinIsrCounts | null; problem: MissingPart | null }> {
    if (!this.#knowsAll(topics) || Date.now() >= this.#nextRoundAt) {
      const round = this.#read(topics);
      if (!this.#knowsAll(topics)) await settledBy([round], until);
    }
    if (!this.#knowsAll(topics)) {
      const problem = this.#failure ? problemOf(spoken('min.insync.replicas'), this.#failure) : null;
      return { counts: null, problem };
    }
    if (this.#counted?.topics !== topics || this.#counted.values !== this.#values) {
      const values = this.#values;
      const counts = countMinIsr(topics.values(), (topic) => values.get(topic) ?? 1);
      this.#counted = { topics, values, counts };
    }
    return { counts: this.#counted.counts, problem: null };
  }

  /** The next look at the counts reads all topics anew. */
  forget(): void {
    this.#nextRoundAt = 0;
  }

  #knows: { topics: TopicIndex; values: ReadonlyMap<string, number>; all: boolean } | null = null;

  #knowsAll(topics: TopicIndex): boolean {
    if (this.#knows?.topics !== topics || this.#knows.values !== this.#values) {
      let all = true;
      for (const { name } of topics.values()) if (!this.#values.has(name)) all = false;
      this.#knows = { topics, values: this.#values, all };
    }
    return this.#knows.all;
  }

  #read(topics: TopicIndex): Promise<void> {
    if (this.#round) return this.#round;
    const now = Date.now();
    if (this.#failure && now < this.#nextRoundAt) return Promise.resolve();
    const names = [...topics.values()].map(({ name }) => name);
    // Between rounds only topics that are new are read.
    const wanted = now >= this.#nextRoundAt ? names : names.filter((name) => !this.#values.has(name));
    this.#round = this.#readTopics(wanted, names)
      .then(
        () => {
          this.#failure = null;
        },
        (error: unknown) => {
          this.#failure = asFailure(error);
        },
      )
      .finally(() => {
        this.#round = null;
        if (wanted === names || this.#failure) {
          this.#nextRoundAt = Date.now() + Math.max(ROUND_MS, REST * (Date.now() - now));
        }
      });
    return this.#round;
  }

  async #readTopics(wanted: readonly string[], present: readonly string[]): Promise<void> {
    const fresh = new Map<string, number>();
    let denied: Failure | null = null;
    for (const some of pieces(wanted, TOPICS_PER_REQUEST)) {
      for (const [topic, summary] of await readConfigSummaries(this.#link.client, some, MIN_ISR)) {
        if (summary instanceof Failure) {
          // Deleted meanwhile: the next snapshot does not have it.
          if (summary.kafkaError?.name !== 'UNKNOWN_TOPIC_OR_PARTITION') denied = summary;
        } else if (summary.minInsyncReplicas !== null) {
          fresh.set(topic, summary.minInsyncReplicas);
        }
      }
    }
    this.#take(fresh, present);
    if (denied) throw denied;
  }

  /** The map is replaced only when something in it changed: counts are kept by it. */
  #take(fresh: ReadonlyMap<string, number>, present: readonly string[]): void {
    const next = new Map<string, number>();
    let isSame = true;
    for (const name of present) {
      const before = this.#values.get(name);
      const value = fresh.get(name) ?? before;
      if (value !== before) isSame = false;
      if (value !== undefined) next.set(name, value);
    }
    if (!isSame || next.size !== this.#values.size) this.#values = next;
  }
}
