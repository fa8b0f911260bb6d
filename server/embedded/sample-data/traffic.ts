import { setTimeout as sleep } from 'node:timers/promises';
import { CompressionTypes, type Kafka, Partitioners, type Producer, type TopicMessages } from 'kafkajs';
import { presentTopics } from './present-topics.ts';
import { Random } from './random.ts';
import { PAGE_VIEWS, SAMPLE_TOPICS } from './sample-topics.ts';
import { type SampleRecord, Shop } from './shop.ts';

const HOURS_OF_HISTORY = 6;
const EVENTS_OF_HISTORY = 3000;
const HISTORY_BATCH = 500;
const TICK_MS = 1000;
const RETRY_MS = 5000;
const ORDER_NUMBERS_FROM = Date.UTC(2026, 0, 1);

/** One number a second, more than the shop ever sells: numbers go on after a restart without being kept. */
function orderNumberAt(timestamp: number): number {
  return Math.max(1, Math.floor((timestamp - ORDER_NUMBERS_FROM) / 1000));
}

/** Creates the sample topics that are not there. Gives the names of those it made. @throws KafkaJSError */
export async function createSampleTopics(kafka: Kafka): Promise<string[]> {
  const present = await presentTopics(kafka);
  const missing = SAMPLE_TOPICS.filter(({ topic }) => !present.has(topic));
  if (missing.length === 0) return [];
  const admin = kafka.admin();
  await admin.connect();
  try {
    const topics = missing.map(({ topic, numPartitions, configs }) => ({
      topic,
      numPartitions,
      replicationFactor: 3,
      configEntries: Object.entries(configs).map(([name, value]) => ({ name, value })),
    }));
    await admin.createTopics({ topics, waitForLeaders: true });
    return missing.map(({ topic }) => topic);
  } finally {
    await admin.disconnect();
  }
}

/** Sends into sample topics: a past for those that are new, then a few messages a second for as long as it runs. */
export class Traffic {
  readonly #kafka: Kafka;
  #producer: Producer;

  constructor(kafka: Kafka) {
    this.#kafka = kafka;
    this.#producer = newProducer(kafka);
  }

  connect(): Promise<void> {
    return this.#producer.connect();
  }

  disconnect(): Promise<void> {
    return this.#producer.disconnect();
  }

  /** Fills `topics` with what happened in the past hours. @throws KafkaJSError */
  async writeHistory(topics: ReadonlySet<string>, now: number): Promise<void> {
    const begin = now - HOURS_OF_HISTORY * 60 * 60 * 1000;
    const random = new Random(begin);
    const shop = new Shop(begin, orderNumberAt(begin));
    const records = shop.opening(begin);
    const step = (now - begin) / EVENTS_OF_HISTORY;
    for (let event = 0; event < EVENTS_OF_HISTORY; event++) {
      records.push(...shop.next(Math.round(begin + step * (event + random.next()))));
    }
    const past = records.filter(({ topic, timestamp }) => topics.has(topic) && timestamp < now);
    past.sort((a, b) => a.timestamp - b.timestamp);
    for (let from = 0; from < past.length; from += HISTORY_BATCH) {
      await this.#send(past.slice(from, from + HISTORY_BATCH));
    }
  }

  /** Steady traffic until `signal` fires. What cannot be sent while brokers are away is left out. */
  async run(signal: AbortSignal): Promise<void> {
    const random = new Random(Date.now());
    const shop = new Shop(Date.now(), orderNumberAt(Date.now()));
    // The customers are there from before: nobody needs to be told.
    shop.opening(Date.now());
    let present = await presentTopics(this.#kafka);
    while (!signal.aborted) {
      const events = Array.from({ length: random.whole(1, 4) }, () => shop.next(Date.now()));
      try {
        await this.#send(events.flat().filter(({ topic }) => present.has(topic)));
        await pause(TICK_MS, signal);
      } catch {
        // A broker is away, or somebody deleted a topic: both are what people do to this cluster.
        await pause(RETRY_MS, signal);
        const now = await presentTopics(this.#kafka).catch(() => present);
        if (SAMPLE_TOPICS.some(({ topic }) => present.has(topic) && !now.has(topic)))
          await this.#forgetTopics();
        present = now;
      }
    }
  }

  /** A producer of kafkajs asks for every topic it has ever sent to, and can do nothing more once one of them is gone. */
  async #forgetTopics(): Promise<void> {
    await this.#producer.disconnect().catch(() => undefined);
    this.#producer = newProducer(this.#kafka);
    await this.#producer.connect().catch(() => undefined);
  }

  async #send(records: SampleRecord[]): Promise<void> {
    const byTopic = Map.groupBy(records, ({ topic }) => topic);
    const views = byTopic.get(PAGE_VIEWS);
    byTopic.delete(PAGE_VIEWS);
    if (byTopic.size > 0) {
      await this.#producer.sendBatch({ acks: -1, topicMessages: [...byTopic].map(toMessages) });
    }
    if (views) {
      const topicMessages = [toMessages([PAGE_VIEWS, views])];
      await this.#producer.sendBatch({ acks: -1, compression: CompressionTypes.GZIP, topicMessages });
    }
  }
}

function newProducer(kafka: Kafka): Producer {
  return kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
}

function toMessages([topic, records]: [string, SampleRecord[]]): TopicMessages {
  const messages = records.map(({ key, value, headers, timestamp }) => ({
    key,
    value,
    headers,
    timestamp: String(timestamp),
  }));
  return { topic, messages };
}

/** Comes back early, and without an error, when `signal` fires. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
