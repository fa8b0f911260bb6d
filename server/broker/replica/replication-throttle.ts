import type { MetadataImage } from '../controller/metadata-image.ts';
import { SampledRate } from '../quotas/sampled-rate.ts';

const DEFAULT_SAMPLES = 11;
const DEFAULT_SAMPLE_SECONDS = 1;

interface Named {
  readonly text: string;
  /** Null: all of them. */
  readonly replicas: ReadonlySet<string> | null;
}

/**
 * One side's replication quota of one broker (KIP-73): replicas that a topic names in
 * `<side>.replication.throttled.replicas` may together move `<side>.replication.throttled.rate` bytes a second.
 */
export class ReplicationThrottle {
  readonly #rateConfig: string;
  readonly #replicasConfig: string;
  readonly #brokerId: number;
  readonly #image: MetadataImage;
  readonly #config: (name: string) => string | undefined;
  readonly #named = new Map<string, Named>();
  readonly #rate: SampledRate;

  constructor(
    side: 'leader' | 'follower',
    brokerId: number,
    image: MetadataImage,
    config: (name: string) => string | undefined,
  ) {
    this.#rateConfig = `${side}.replication.throttled.rate`;
    this.#replicasConfig = `${side}.replication.throttled.replicas`;
    this.#brokerId = brokerId;
    this.#image = image;
    this.#config = config;
    const samples = Number(config('replication.quota.window.num') ?? DEFAULT_SAMPLES);
    const seconds = Number(config('replication.quota.window.size.seconds') ?? DEFAULT_SAMPLE_SECONDS);
    this.#rate = new SampledRate(samples, seconds * 1000, 'as old as it is');
  }

  /** Whether this broker's replica of the partition counts and the quota is used up. */
  holds(topic: string, partition: number, now: number): boolean {
    return this.#counts(topic, partition) && this.#rate.perSecond(now) > this.#bound;
  }

  /** Counts bytes that moved, if the replica is one that counts. */
  record(topic: string, partition: number, bytes: number, now: number): void {
    if (bytes > 0 && this.#counts(topic, partition)) this.#rate.record(bytes, now);
  }

  get #bound(): number {
    return Number(this.#config(this.#rateConfig) ?? Number.POSITIVE_INFINITY);
  }

  #counts(topic: string, partition: number): boolean {
    const text = this.#image.topicConfigs(topic).get(this.#replicasConfig);
    if (text === undefined || text === '') return false;
    let named = this.#named.get(topic);
    if (named?.text !== text) {
      const replicas = text.trim() === '*' ? null : new Set(text.split(',').map((item) => item.trim()));
      named = { text, replicas };
      this.#named.set(topic, named);
    }
    return named.replicas?.has(`${partition}:${this.#brokerId}`) ?? true;
  }
}
