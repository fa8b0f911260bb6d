import { type Admin, Kafka, logLevel } from 'kafkajs';
import { Failure } from '../../../lib/contract/failure.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import type { Store } from '../../store/store.ts';
import type { EmbeddedCluster } from '../embedded-cluster.ts';
import { presentTopics } from './present-topics.ts';
import { runSampleGroups } from './sample-groups.ts';
import { HEALTHY_GROUP, LAGGING_GROUP, SAMPLE_TOPICS } from './sample-topics.ts';
import { createSampleTopics, pause, Traffic } from './traffic.ts';

export interface SampleDataOptions {
  embedded: EmbeddedCluster;
  store: Store;
  /** False: configured away, whatever was remembered. */
  allowed: boolean;
  /** Told when it cannot go on for a while, once for each time. */
  onTrouble(error: unknown): void;
}

/** What is remembered over restarts. */
interface Remembered {
  enabled: boolean;
  /** Its topics have been made: one that is missing now was deleted by somebody, and stays so. */
  filled: boolean;
}

const KEY = 'sample-data';
const RETRY_MS = 5000;
const STOP_PATIENCE_MS = 1500;

/** A small shop that fills the embedded cluster with messages and groups, so that there is something to look at. */
export class SampleData {
  readonly #options: SampleDataOptions;
  #running: { stop: AbortController; ended: Promise<void> } | null = null;

  constructor(options: SampleDataOptions) {
    this.#options = options;
  }

  /** Messages are being sent, or will be as soon as the cluster is there. */
  isOn(): boolean {
    return this.#running !== null;
  }

  /** Starts unless it is configured away or was switched off. Comes back at once. */
  start(): void {
    if (!this.#options.allowed || this.#running || !this.#remembered().enabled) return;
    const stop = new AbortController();
    this.#running = { stop, ended: this.#run(stop.signal) };
  }

  /**
   * Switches it on or off, also for the next start.
   *
   * @param removeTopics when switching off, also delete its topics and groups
   * @throws Failure `conflict` when it is configured away, `unavailable` when the cluster does not run
   */
  async set(enabled: boolean, removeTopics: boolean): Promise<void> {
    if (enabled && !this.#options.allowed) {
      throw new Failure('conflict', say('sample.off'), {
        action: say('sample.off.do'),
      });
    }
    if (enabled) {
      this.#remember({ enabled, filled: this.#running !== null && this.#remembered().filled });
      this.start();
      return;
    }
    this.#remember({ enabled, filled: this.#remembered().filled });
    await this.close();
    if (removeTopics) await this.#remove();
  }

  /** Stops sending and consuming; nothing is remembered. */
  async close(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    if (!running) return;
    running.stop.abort();
    // A consumer that waits for a broker that is gone takes long to leave; nobody waits for it.
    const patience = new AbortController();
    await Promise.race([running.ended, pause(STOP_PATIENCE_MS, patience.signal)]);
    patience.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    let isTold = false;
    while (!signal.aborted) {
      try {
        await this.#feed(signal);
        isTold = false;
      } catch (error) {
        if (!isTold && !signal.aborted) this.#options.onTrouble(error);
        isTold = true;
        await pause(RETRY_MS, signal);
      }
    }
  }

  async #feed(signal: AbortSignal): Promise<void> {
    const { brokers } = await this.#options.embedded.ready();
    if (signal.aborted) return;
    const connect = (clientId: string) => connectTo(brokers, clientId);
    const kafka = connect('shop');
    const traffic = new Traffic(kafka);
    await traffic.connect();
    try {
      if (!this.#remembered().filled) {
        const made = await createSampleTopics(kafka);
        await traffic.writeHistory(new Set(made), Date.now());
        if (signal.aborted) return;
        this.#remember({ enabled: true, filled: true });
      }
      await Promise.all([traffic.run(signal), runSampleGroups(connect, signal)]);
    } finally {
      await traffic.disconnect().catch(() => undefined);
    }
  }

  async #remove(): Promise<void> {
    const { brokers } = await this.#options.embedded.ready();
    const kafka = connectTo(brokers, 'shop');
    const admin = kafka.admin();
    try {
      const present = await presentTopics(kafka);
      await admin.connect();
      const topics = SAMPLE_TOPICS.map(({ topic }) => topic).filter((topic) => present.has(topic));
      if (topics.length > 0) await admin.deleteTopics({ topics });
      await deleteGroups(admin);
    } catch (cause) {
      throw new Failure('unavailable', say('sample.notDeleted'), {
        action: say('sample.notDeleted.do'),
        cause,
      });
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
    this.#remember({ enabled: false, filled: false });
  }

  #remembered(): Remembered {
    const value = this.#options.store.setting(KEY) as Partial<Remembered> | null;
    return { enabled: value?.enabled ?? true, filled: value?.filled ?? false };
  }

  #remember(remembered: Remembered): void {
    this.#options.store.setSetting(KEY, remembered);
  }
}

/** Members that have only just left may still be counted. A group that somebody else uses is no reason to fail. */
async function deleteGroups(admin: Admin): Promise<void> {
  for (let attempt = 0; attempt < 6; attempt++) {
    const { groups } = await admin.listGroups();
    const left = groups
      .map(({ groupId }) => groupId)
      .filter((id) => id === HEALTHY_GROUP || id === LAGGING_GROUP);
    if (left.length === 0) return;
    const isDone = await admin.deleteGroups(left).then(
      () => true,
      () => false,
    );
    if (isDone) return;
    await pause(500, new AbortController().signal);
  }
}

function connectTo(brokers: { host: string; port: number }[], clientId: string): Kafka {
  return new Kafka({
    clientId,
    brokers: brokers.map(({ host, port }) => `${host}:${port}`),
    connectionTimeout: 3000,
    requestTimeout: 10_000,
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 200, maxRetryTime: 3000, retries: 4 },
  });
}
