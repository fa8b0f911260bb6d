import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { type ClusterLink, pieces } from './cluster-link.ts';
import { readConfigSummaries, type TopicConfigSummary } from './config-reader.ts';
import { type Known, OnDemand } from './on-demand.ts';

const TOPICS_PER_REQUEST = 100;

/** How many configs topics override and their min.insync.replicas, read for the topics that are looked at. */
export class TopicConfigs {
  readonly #known: OnDemand<TopicConfigSummary>;

  constructor({ client }: ClusterLink) {
    this.#known = new OnDemand({
      freshMs: 1500,
      most: 20_000,
      load: async (topics, settle) => {
        for (const some of pieces(topics, TOPICS_PER_REQUEST)) {
          const summaries = await readConfigSummaries(client, some, null);
          for (const topic of some) {
            const summary = summaries.get(topic) ?? new Failure('not_found', say('topic.unknown', { topic }));
            settle(topic, summary instanceof Failure ? { failure: summary } : { value: summary });
          }
        }
      },
    });
  }

  read(topics: readonly string[], until: number): Promise<(topic: string) => Known<TopicConfigSummary>> {
    return this.#known.read(topics, until);
  }

  /** Whether a topic has been looked at lately. */
  isKnown(topic: string): boolean {
    return this.#known.peek(topic) !== undefined;
  }

  forgetTopic(topic: string): void {
    this.#known.forget((key) => key === topic);
  }
}
