import { RawClient } from '../../server/broker/testing/raw-client.ts';
import { errorByCode } from '../../server/protocol/errors.ts';
import { addOffsetsToTxnApi } from '../../server/protocol/messages/add-offsets-to-txn.ts';
import { addPartitionsToTxnApi } from '../../server/protocol/messages/add-partitions-to-txn.ts';
import { createTopicsApi } from '../../server/protocol/messages/create-topics.ts';
import { describeProducersApi } from '../../server/protocol/messages/describe-producers.ts';
import { describeTransactionsApi } from '../../server/protocol/messages/describe-transactions.ts';
import { endTxnApi } from '../../server/protocol/messages/end-txn.ts';
import { fetchApi } from '../../server/protocol/messages/fetch.ts';
import { findCoordinatorApi } from '../../server/protocol/messages/find-coordinator.ts';
import { initProducerIdApi } from '../../server/protocol/messages/init-producer-id.ts';
import { listOffsetsApi } from '../../server/protocol/messages/list-offsets.ts';
import { metadataApi } from '../../server/protocol/messages/metadata.ts';
import { offsetFetchApi } from '../../server/protocol/messages/offset-fetch.ts';
import { produceApi } from '../../server/protocol/messages/produce.ts';
import { txnOffsetCommitApi } from '../../server/protocol/messages/txn-offset-commit.ts';
import { writeTxnMarkersApi } from '../../server/protocol/messages/write-txn-markers.ts';
import { decodeRecords, encodeRecordBatch } from '../../server/protocol/records/record-batch.ts';
import type { Api, Input } from '../../server/protocol/schema.ts';

const TRANSACTION = 1;
const GROUP = 0;
/** While a coordinator is being made, loads, or still ends the transaction before. */
const PASSING = new Set([
  'COORDINATOR_NOT_AVAILABLE',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'NOT_COORDINATOR',
  'CONCURRENT_TRANSACTIONS',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_ENOUGH_REPLICAS',
  'NOT_LEADER_OR_FOLLOWER',
]);

export interface ProducerIdentity {
  producerId: bigint;
  producerEpoch: number;
}

export interface Sent {
  readonly value: string;
  readonly sequence: number;
  /** False: as an idempotent producer would. */
  readonly transactional?: boolean;
}

/** Speaks the transactional part of the protocol in the versions that a test wants, with errors by name. */
export class TransactionalClient {
  readonly #bootstrap: string;
  readonly #connections = new Map<string, Promise<RawClient>>();

  constructor(bootstrapServers: string) {
    this.#bootstrap = bootstrapServers.split(',')[0]!;
  }

  async close(): Promise<void> {
    for (const connection of this.#connections.values()) (await connection).close();
  }

  async createTopic(name: string): Promise<void> {
    const topic = { name, numPartitions: 1, replicationFactor: 3 };
    await this.#send(this.#bootstrap, createTopicsApi, 5, { topics: [topic], timeoutMs: 30_000 });
    await this.#leader(name);
  }

  async initProducerId(
    transactionalId: string | null,
    version: number,
    more: Partial<ProducerIdentity> & { transactionTimeoutMs?: number } = {},
  ): Promise<{ error: string } & ProducerIdentity> {
    const to =
      transactionalId === null ? this.#bootstrap : await this.#coordinator(transactionalId, TRANSACTION);
    return patient(async () => {
      const answer = await this.#send(to, initProducerIdApi, version, {
        transactionalId,
        transactionTimeoutMs: 60_000,
        ...more,
      });
      const { producerId, producerEpoch } = answer;
      return { error: errorByCode(answer.errorCode).name, producerId, producerEpoch };
    });
  }

  /** Versions before 12 want the partition added first. */
  async produce(
    topic: string,
    transactionalId: string | null,
    producer: ProducerIdentity,
    { value, sequence, transactional = true }: Sent,
    version: number,
  ): Promise<{ error: string; message: string | null; baseOffset: bigint }> {
    const records = encodeRecordBatch({
      records: [{ value, timestamp: Date.now() }],
      ...producer,
      baseSequence: sequence,
      isTransactional: transactional,
    });
    return patient(async () => {
      const answer = await this.#send(await this.#leader(topic), produceApi, version, {
        transactionalId,
        acks: -1,
        timeoutMs: 30_000,
        topicData: [{ name: topic, partitionData: [{ index: 0, records }] }],
      });
      const { errorCode, errorMessage, baseOffset } = answer.responses[0]!.partitionResponses[0]!;
      return { error: errorByCode(errorCode).name, message: errorMessage, baseOffset };
    });
  }

  async addPartition(
    transactionalId: string,
    producer: ProducerIdentity,
    topic: string,
    partition = 0,
    isPatient = true,
  ): Promise<string> {
    const to = await this.#coordinator(transactionalId, TRANSACTION);
    const ask = async () => {
      const answer = await this.#send(to, addPartitionsToTxnApi, 3, {
        v3AndBelowTransactionalId: transactionalId,
        v3AndBelowProducerId: producer.producerId,
        v3AndBelowProducerEpoch: producer.producerEpoch,
        v3AndBelowTopics: [{ name: topic, partitions: [partition] }],
      });
      const { partitionErrorCode } = answer.resultsByTopicV3AndBelow[0]!.resultsByPartition[0]!;
      return { error: errorByCode(partitionErrorCode).name };
    };
    return (isPatient && partition === 0 ? await patient(ask) : await ask()).error;
  }

  async addOffsets(transactionalId: string, producer: ProducerIdentity, groupId: string): Promise<string> {
    const to = await this.#coordinator(transactionalId, TRANSACTION);
    await this.#coordinator(groupId, GROUP);
    const body = { transactionalId, ...producer, groupId };
    const { error } = await patient(async () => {
      const { errorCode } = await this.#send(to, addOffsetsToTxnApi, 3, body);
      return { error: errorByCode(errorCode).name };
    });
    return error;
  }

  async commitOffset(
    transactionalId: string,
    producer: ProducerIdentity,
    groupId: string,
    committed: { topic: string; offset: number },
    version: number,
  ): Promise<string> {
    const to = await this.#coordinator(groupId, GROUP);
    const { error } = await patient(async () => {
      const answer = await this.#send(to, txnOffsetCommitApi, version, {
        transactionalId,
        groupId,
        ...producer,
        generationId: -1,
        memberId: '',
        topics: [
          {
            name: committed.topic,
            partitions: [{ partitionIndex: 0, committedOffset: committed.offset, committedMetadata: '' }],
          },
        ],
      });
      return { error: errorByCode(answer.topics[0]!.partitions[0]!.errorCode).name };
    });
    return error;
  }

  async fetchOffset(groupId: string, topic: string, requireStable: boolean): Promise<string> {
    const to = await this.#coordinator(groupId, GROUP);
    const answer = await this.#send(to, offsetFetchApi, 7, {
      groupId,
      topics: [{ name: topic, partitionIndexes: [0] }],
      requireStable,
    });
    const { errorCode, committedOffset } = answer.topics[0]!.partitions[0]!;
    return errorCode === 0 ? String(committedOffset) : errorByCode(errorCode).name;
  }

  async endTxn(
    transactionalId: string,
    producer: ProducerIdentity,
    committed: boolean,
    version: number,
    isPatient = true,
  ): Promise<{ error: string } & ProducerIdentity> {
    const to = await this.#coordinator(transactionalId, TRANSACTION);
    const ask = async () => {
      const answer = await this.#send(to, endTxnApi, version, { transactionalId, ...producer, committed });
      const { producerId, producerEpoch } = answer;
      return { error: errorByCode(answer.errorCode).name, producerId, producerEpoch };
    };
    return isPatient ? patient(ask) : ask();
  }

  async describe(transactionalId: string) {
    const to = await this.#coordinator(transactionalId, TRANSACTION);
    const answer = await this.#send(to, describeTransactionsApi, 0, { transactionalIds: [transactionalId] });
    return answer.transactionStates[0]!;
  }

  async producers(topic: string) {
    const to = await this.#leader(topic);
    const topics = [{ name: topic, partitionIndexes: [0] }];
    const answer = await this.#send(to, describeProducersApi, 0, { topics });
    return answer.topics[0]!.partitions[0]!.activeProducers;
  }

  async writeMarker(
    topic: string,
    producer: ProducerIdentity,
    marker: { coordinatorEpoch: number; transactionResult: boolean; transactionVersion?: number },
    version: number,
  ): Promise<string> {
    const to = await this.#leader(topic);
    const topics = [{ name: topic, partitionIndexes: [0] }];
    const answer = await this.#send(to, writeTxnMarkersApi, version, {
      markers: [{ ...producer, ...marker, topics }],
    });
    return errorByCode(answer.markers[0]!.topics[0]!.partitions[0]!.errorCode).name;
  }

  /** Log end for readers of the isolation level: 1 reads what is committed. */
  async endOffset(topic: string, isolationLevel: 0 | 1): Promise<number> {
    const to = await this.#leader(topic);
    const partitions = [{ partitionIndex: 0, timestamp: -1 }];
    const answer = await this.#send(to, listOffsetsApi, 7, {
      replicaId: -1,
      isolationLevel,
      topics: [{ name: topic, partitions }],
    });
    return Number(answer.topics[0]!.partitions[0]!.offset);
  }

  /** Everything from the beginning, as the protocol gives it: aborted records and markers are there too. */
  async fetch(topic: string, isolationLevel: 0 | 1) {
    const to = await this.#leader(topic);
    const answer = await this.#send(to, fetchApi, 12, {
      maxWaitMs: 100,
      minBytes: 1,
      maxBytes: 1 << 20,
      isolationLevel,
      topics: [{ topic, partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1 << 20 }] }],
    });
    const data = answer.responses[0]!.partitions[0]!;
    const records = decodeRecords(Buffer.from(data.records ?? Buffer.alloc(0)));
    return {
      lastStableOffset: Number(data.lastStableOffset),
      highWatermark: Number(data.highWatermark),
      aborted: (data.abortedTransactions ?? []).map(({ firstOffset }) => Number(firstOffset)),
      records: records.map(({ offset, value, batch }) =>
        batch.isControl ? `${offset}:marker` : `${offset}:${value}`,
      ),
    };
  }

  async #leader(topic: string): Promise<string> {
    return eventually(async () => {
      const { brokers, topics } = await this.#send(this.#bootstrap, metadataApi, 5, {
        topics: [{ name: topic }],
      });
      const leader = brokers.find(({ nodeId }) => nodeId === topics[0]!.partitions[0]?.leaderId);
      return leader && `${leader.host}:${leader.port}`;
    });
  }

  async #coordinator(key: string, keyType: number): Promise<string> {
    return eventually(async () => {
      const answer = await this.#send(this.#bootstrap, findCoordinatorApi, 3, { key, keyType });
      return answer.errorCode === 0 ? `${answer.host}:${answer.port}` : undefined;
    });
  }

  async #send<Request, Response>(
    address: string,
    api: Api<Request, Response>,
    version: number,
    body: Input<Request>,
  ): Promise<Response> {
    let connection = this.#connections.get(address);
    if (connection === undefined) {
      connection = RawClient.connect(address);
      this.#connections.set(address, connection);
    }
    return (await connection).send(api, version, body);
  }
}

async function patient<Answer extends { readonly error: string }>(
  ask: () => Promise<Answer>,
): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask();
    if (!PASSING.has(answer.error) || attempt === 300) return answer;
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resume) => setTimeout(resume, 50));
  }
}
