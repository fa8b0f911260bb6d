import { quotaKey } from '../controller/client-quota-image.ts';
import type { MetadataImage } from '../controller/metadata-image.ts';
import { SampledRate } from './sampled-rate.ts';
import { TokenBucket } from './token-bucket.ts';

export type ClientQuotaKey =
  | 'producer_byte_rate'
  | 'consumer_byte_rate'
  | 'request_percentage'
  | 'controller_mutation_rate';

/** Who asks, as quotas see it. */
export interface QuotaClient {
  readonly user: string;
  readonly clientId: string;
}

/** The quota that holds for a client. All clients of `sharedBy` use it up together. */
interface EffectiveQuota {
  readonly bound: number;
  readonly sharedBy: string;
}

/** `quota.window.num` samples of `quota.window.size.seconds`. */
export interface QuotaWindow {
  readonly samples: number;
  readonly sampleMs: number;
}

/** What the clients of one broker use of their quotas (KIP-13, KIP-124, KIP-257, KIP-599), and how long they have to wait. */
export class ClientQuotas {
  readonly #image: MetadataImage;
  readonly #window: QuotaWindow;
  readonly #now: () => number;
  readonly #rates = new Map<string, SampledRate>();
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(image: MetadataImage, window: QuotaWindow, now: () => number) {
    this.#image = image;
    this.#window = window;
    this.#now = now;
  }

  /** Whether anything has to be counted at all. */
  get isEnabled(): boolean {
    return this.#image.clientQuotas.size > 0;
  }

  /** Counts use. Returns how long the client is to be throttled for it, in milliseconds. */
  record(
    key: Exclude<ClientQuotaKey, 'controller_mutation_rate'>,
    client: QuotaClient,
    amount: number,
  ): number {
    const quota = this.#effective(key, client);
    if (quota === null) return 0;
    const rate = this.#rateOf(key, quota);
    const now = this.#now();
    rate.record(amount, now);
    const delay = rate.delayMs(quota.bound, now);
    // Time on the broker's thread is given back within a window (ClientRequestQuotaManager).
    return key === 'request_percentage' ? Math.min(delay, this.#window.sampleMs) : delay;
  }

  /** Takes back what was counted for an answer that was not sent after all. */
  unrecord(key: 'consumer_byte_rate', client: QuotaClient, amount: number): void {
    const quota = this.#effective(key, client);
    if (quota !== null) this.#rateOf(key, quota).record(-amount, this.#now());
  }

  /** The most that may be used within a window; Infinity where there is no quota. */
  mostInWindow(key: 'consumer_byte_rate', client: QuotaClient): number {
    const quota = this.#effective(key, client);
    if (quota === null) return Number.POSITIVE_INFINITY;
    return (quota.bound * (this.#window.samples - 1) * this.#window.sampleMs) / 1000;
  }

  /**
   * Takes a number of mutations (partitions created or deleted). A strict one is refused while there are debts: then
   * nothing is taken. Returns whether it may go ahead, and how long the client is to be throttled, in milliseconds.
   */
  mutate(
    client: QuotaClient,
    mutations: number,
    isStrict: boolean,
  ): { allowed: boolean; throttleMs: number } {
    const quota = this.#effective('controller_mutation_rate', client);
    if (quota === null) return { allowed: true, throttleMs: 0 };
    let bucket = this.#buckets.get(quota.sharedBy);
    if (bucket === undefined) {
      bucket = new TokenBucket();
      this.#buckets.set(quota.sharedBy, bucket);
    }
    const burst = (quota.bound * this.#window.samples * this.#window.sampleMs) / 1000;
    const now = this.#now();
    if (isStrict) {
      const debt = bucket.debtMs(quota.bound, burst, now);
      if (debt > 0) return { allowed: false, throttleMs: debt };
      bucket.take(mutations, quota.bound, burst, now);
      return { allowed: true, throttleMs: 0 };
    }
    return { allowed: true, throttleMs: bucket.take(mutations, quota.bound, burst, now) };
  }

  #rateOf(key: ClientQuotaKey, { sharedBy }: EffectiveQuota): SampledRate {
    const name = `${key} ${sharedBy}`;
    let rate = this.#rates.get(name);
    if (rate === undefined) {
      rate = new SampledRate(this.#window.samples, this.#window.sampleMs);
      this.#rates.set(name, rate);
    }
    return rate;
  }

  /** Kafka's order: user and client id, the user, all users with the client id, …, the client id, all client ids. */
  #effective(key: ClientQuotaKey, { user, clientId }: QuotaClient): EffectiveQuota | null {
    const { clientQuotas } = this.#image;
    if (clientQuotas.size === 0) return null;
    const find = (...entity: [string, string | null][]) =>
      clientQuotas.get(quotaKey(new Map(entity)))?.values.get(key);
    for (const name of [user, null]) {
      const both = find(['user', name], ['client-id', clientId]) ?? find(['user', name], ['client-id', null]);
      if (both !== undefined) return { bound: both, sharedBy: JSON.stringify([user, clientId]) };
      const bound = find(['user', name]);
      if (bound !== undefined) return { bound, sharedBy: JSON.stringify([user, '']) };
    }
    const bound = find(['client-id', clientId]) ?? find(['client-id', null]);
    return bound === undefined ? null : { bound, sharedBy: JSON.stringify(['', clientId]) };
  }
}
