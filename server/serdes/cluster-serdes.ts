import type { Sentence } from '../../lib/contract/sentence.ts';
import type { SerdeName } from '../../lib/contract/serdes.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { topicTest } from '../../lib/kafka/topic-pattern.ts';
import type { SerdeSource } from './serde-source.ts';
import { Serdes } from './serdes.ts';

export type RecordPart = 'key' | 'value';

/** What the settings say of some topics. */
export interface SerdeRule {
  /** Patterns with `*`, or regular expressions between slashes. */
  readonly topics: readonly string[];
  readonly key: SerdeName | null;
  readonly value: SerdeName | null;
}

/** What was chosen in the console, by topic. */
export interface ChosenSerdes {
  get(topic: string, part: RecordPart): SerdeName | null;
  set(topic: string, part: RecordPart, serde: SerdeName | null): void;
}

export interface SerdeChoice {
  readonly serde: SerdeName;
  readonly source: 'chosen' | 'configured';
  readonly reason: Sentence;
}

/** How one cluster's messages are read: what it has to read them with, and what somebody said about its topics. */
export class ClusterSerdes {
  /** For threads that make their own. */
  readonly source: SerdeSource;
  /** Of this thread. */
  readonly serdes: Serdes;
  readonly #rules: { pattern: string; matches: (topic: string) => boolean; rule: SerdeRule }[];
  readonly #chosen: ChosenSerdes;

  constructor(source: SerdeSource, rules: readonly SerdeRule[], chosen: ChosenSerdes) {
    this.source = source;
    this.serdes = new Serdes(source);
    this.#rules = rules.flatMap((rule) =>
      rule.topics.map((pattern) => ({ pattern, matches: topicTest(pattern), rule })),
    );
    this.#chosen = chosen;
  }

  /**
   * What somebody chose for a topic in the console, else what the settings say; null: it is to be detected.
   *
   * @param mayBeChosen false: only the settings count, as the part is masked
   */
  choiceFor(topic: string, part: RecordPart, mayBeChosen = true): SerdeChoice | null {
    const chosen = mayBeChosen ? this.#chosen.get(topic, part) : null;
    if (chosen) return { serde: chosen, source: 'chosen', reason: say('serde.chosen') };
    for (const { pattern, matches, rule } of this.#rules) {
      const serde = rule[part];
      if (serde === null || !matches(topic)) continue;
      return { serde, source: 'configured', reason: say('serde.configured', { pattern }) };
    }
    return null;
  }

  /** Remembers what is chosen; null takes it back. */
  choose(topic: string, part: RecordPart, serde: SerdeName | null): void {
    this.#chosen.set(topic, part, serde);
  }

  close(): void {
    this.serdes.close();
  }
}
