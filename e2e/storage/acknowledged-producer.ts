import { RawClient } from '../../server/broker/testing/raw-client.ts';
import { ERROR, errorByCode } from '../../server/protocol/errors.ts';
import { fetchApi } from '../../server/protocol/messages/fetch.ts';
import { initProducerIdApi } from '../../server/protocol/messages/init-producer-id.ts';
import { metadataApi } from '../../server/protocol/messages/metadata.ts';
import { produceApi } from '../../server/protocol/messages/produce.ts';
import { decodeRecords, encodeRecordBatch } from '../../server/protocol/records/record-batch.ts';

const MAX_BATCH = 20;
const REQUEST_TIMEOUT_MS = 3000;
const RETRY_MS = 30;

/** What a producer sends again after. */
const RETRIABLE: readonly number[] = [
  ERROR.NOT_LEADER_OR_FOLLOWER,
  ERROR.UNKNOWN_TOPIC_OR_PARTITION,
  ERROR.LEADER_NOT_AVAILABLE,
  ERROR.NOT_ENOUGH_REPLICAS,
  ERROR.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  ERROR.REQUEST_TIMED_OUT,
  ERROR.KAFKA_STORAGE_ERROR,
];

/** Finds the leader of a partition anew for every connection, as the cluster changes under its hands. */
class LeaderConnection {
  readonly topic: string;
  readonly partition: number;
  readonly #addresses: () => string[];
  #client: RawClient | null = null;

  constructor(addresses: () => string[], topic: string, partition: number) {
    this.#addresses = addresses;
    this.topic = topic;
    this.partition = partition;
  }

  /** Runs a request on the leader. Null when there is none, it hung up, or it took too long. */
  async ask<T>(request: (client: RawClient) => Promise<T>): Promise<T | null> {
    try {
      this.#client ??= await this.#connect();
      if (this.#client === null) return null;
      const client = this.#client;
      const timeout = setTimeout(() => client.close(), REQUEST_TIMEOUT_MS + 1000);
      return await request(client).finally(() => clearTimeout(timeout));
    } catch {
      this.close();
      return null;
    }
  }

  close(): void {
    this.#client?.close();
    this.#client = null;
  }

  async #connect(): Promise<RawClient | null> {
    for (const address of this.#addresses()) {
      const any = await RawClient.connect(address).catch(() => null);
      if (any === null) continue;
      try {
        const { brokers, topics } = await any.send(metadataApi, 9, { topics: [{ name: this.topic }] });
        const leader = topics[0]?.partitions.find((each) => each.partitionIndex === this.partition)?.leaderId;
        const broker = brokers.find(({ nodeId }) => nodeId === leader);
        if (broker !== undefined) return await RawClient.connect(`${broker.host}:${broker.port}`);
      } finally {
        any.close();
      }
    }
    return null;
  }
}

/**
 * Writes numbered records to one partition with acks=all, one batch at a time, until told to stop, and remembers what was
 * acknowledged. An idempotent one sends a batch again until it is; another one goes on with new records instead, so that a
 * record is never in the log twice through its own fault.
 */
export class AcknowledgedProducer {
  readonly acknowledged: string[] = [];
  /** Answers that no correct broker gives. */
  readonly complaints: string[] = [];
  /** Errors after which it sent again. */
  readonly refusals = new Set<string>();
  retries = 0;
  readonly #leader: LeaderConnection;
  readonly #idempotent: boolean;
  #producer = { producerId: -1n, producerEpoch: -1 };
  #sequence = 0;
  #next = 0;
  #pending: { values: string[]; sequence: number } | null = null;
  #stopped = false;
  #running: Promise<void> | null = null;

  constructor(addresses: () => string[], topic: string, partition: number, idempotent: boolean) {
    this.#leader = new LeaderConnection(addresses, topic, partition);
    this.#idempotent = idempotent;
  }

  start(): void {
    this.#stopped = false;
    this.#running = this.#run();
  }

  /** `settle`: goes on until nothing is in doubt. */
  async stop(settle: boolean): Promise<void> {
    this.#stopped = true;
    await this.#running;
    const deadline = Date.now() + 30_000;
    while (settle && this.#pending !== null) {
      if (Date.now() > deadline) throw new Error(`A batch was not acknowledged within 30 s`);
      await this.#sendOne();
    }
    this.#leader.close();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) await this.#sendOne();
  }

  async #sendOne(): Promise<void> {
    if (this.#idempotent && this.#producer.producerId < 0n && !(await this.#initialize())) return;
    this.#pending ??= this.#newBatch();
    const { values, sequence } = this.#pending;
    const { topic, partition } = this.#leader;
    const batch = encodeRecordBatch({
      records: values.map((value) => ({ key: value, value: value.padEnd(200, '.'), timestamp: Date.now() })),
      ...(this.#idempotent ? { ...this.#producer, baseSequence: sequence } : {}),
    });
    const answer = await this.#leader.ask((client) =>
      client.send(produceApi, 9, {
        acks: -1,
        timeoutMs: REQUEST_TIMEOUT_MS,
        topicData: [{ name: topic, partitionData: [{ index: partition, records: batch }] }],
      }),
    );
    const errorCode = answer?.responses[0]?.partitionResponses[0]?.errorCode;
    if (errorCode === ERROR.NONE || errorCode === ERROR.DUPLICATE_SEQUENCE_NUMBER) {
      this.acknowledged.push(...values);
      this.#pending = null;
      return;
    }
    this.retries++;
    if (errorCode !== undefined) {
      const { name } = errorByCode(errorCode);
      if (RETRIABLE.includes(errorCode)) this.refusals.add(name);
      else this.complaints.push(`${topic}-${partition}: ${name}`);
    }
    if (!this.#idempotent) this.#pending = null;
    this.#leader.close();
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }

  #newBatch(): { values: string[]; sequence: number } {
    const count = 1 + Math.floor(Math.random() * MAX_BATCH);
    const values = Array.from({ length: count }, () => String(this.#next++));
    const sequence = this.#sequence;
    this.#sequence += count;
    return { values, sequence };
  }

  async #initialize(): Promise<boolean> {
    const answer = await this.#leader.ask((client) =>
      client.send(initProducerIdApi, 1, { transactionalId: null, transactionTimeoutMs: 60_000 }),
    );
    if (answer?.errorCode === ERROR.NONE) this.#producer = answer;
    else await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    return answer?.errorCode === ERROR.NONE;
  }
}

/** Every record of a partition up to its high watermark, by its key. */
export async function readPartition(
  addresses: () => string[],
  topic: string,
  partition: number,
): Promise<string[]> {
  const leader = new LeaderConnection(addresses, topic, partition);
  const found: string[] = [];
  const deadline = Date.now() + 30_000;
  let offset = 0;
  for (;;) {
    const answer = await leader.ask((client) =>
      client.send(fetchApi, 11, {
        replicaId: -1,
        maxWaitMs: 0,
        minBytes: 0,
        maxBytes: 8 << 20,
        sessionEpoch: -1,
        topics: [
          { topic, partitions: [{ partition, fetchOffset: BigInt(offset), partitionMaxBytes: 8 << 20 }] },
        ],
      }),
    );
    const data = answer?.responses[0]?.partitions[0];
    if (data?.errorCode === ERROR.NONE) {
      for (const record of decodeRecords(data.records ?? Buffer.alloc(0))) {
        if (record.offset < offset) continue;
        found.push(String(record.key));
        offset = record.offset + 1;
      }
      if (offset >= Number(data.highWatermark)) break;
      continue;
    }
    if (Date.now() > deadline) throw new Error(`${topic}-${partition} could not be read within 30 s`);
    leader.close();
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  leader.close();
  return found;
}
