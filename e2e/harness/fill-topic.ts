import { ClusterClient } from '../../server/client/cluster-client.ts';
import { createTopicsApi } from '../../server/protocol/messages/create-topics.ts';
import { metadataApi } from '../../server/protocol/messages/metadata.ts';
import { produceApi } from '../../server/protocol/messages/produce.ts';
import type { CompressionType } from '../../server/protocol/records/compression.ts';
import { encodeRecordBatch } from '../../server/protocol/records/record-batch.ts';

/** As many records as a Java producer's batch of 16 KB holds. */
export const BATCH_RECORDS = 66;
/** Batches that a partition is sent before its turn ends. */
const TURN_BATCHES = 40;

export interface Filling {
  topic: string;
  partitions: number;
  records: number;
  compression: CompressionType;
  /** The value of a record, by its number. */
  value: (index: number) => string;
  /** Fewer and bigger batches are written sooner than those of a producer's own size. */
  batchRecords?: number;
}

/** Makes a topic with one replica and fills it, partition by partition in turns, with what a producer's batches look like. */
export async function fillTopic(bootstrapServers: string, filling: Filling): Promise<void> {
  const client = new ClusterClient({
    id: 'fill',
    settings: {
      brokers: bootstrapServers.split(','),
      tls: null,
      sasl: null,
      connectionTimeoutMs: 10_000,
      requestTimeoutMs: 60_000,
    },
  });
  const { topic, partitions, records, batchRecords = BATCH_RECORDS } = filling;
  await client.send(
    createTopicsApi,
    {
      timeoutMs: 60_000,
      validateOnly: false,
      topics: [
        { name: topic, numPartitions: partitions, replicationFactor: 1, assignments: [], configs: [] },
      ],
    },
    { to: 'controller' },
  );
  const leaders = await leadersOf(client, topic, partitions);
  let next = 0;
  const first = Date.now() - records;
  while (next < records) {
    const requests = leaders.map(async (leader, partition) => {
      const batches: Buffer[] = [];
      for (let count = 0; count < TURN_BATCHES && next < records; count++) {
        const size = Math.min(batchRecords, records - next);
        const from = next;
        next += size;
        batches.push(batch(filling, from, size, first));
      }
      // A request has one batch a partition.
      for (const one of batches) await produce(client, leader, topic, partition, one);
    });
    await Promise.all(requests);
  }
  await client.close();
}

function batch({ compression, value }: Filling, from: number, size: number, first: number): Buffer {
  const records = Array.from({ length: size }, (_, index) => ({
    key: `key-${(from + index) % 10_000}`,
    value: value(from + index),
    timestamp: first + from + index,
  }));
  return encodeRecordBatch({ records, compression });
}

async function produce(client: ClusterClient, broker: number, name: string, index: number, records: Buffer) {
  const { responses } = await client.send(
    produceApi,
    {
      transactionalId: null,
      acks: 1,
      timeoutMs: 30_000,
      topicData: [{ name, partitionData: [{ index, records }] }],
    },
    { to: { broker }, purpose: 'data', maxVersion: 12 },
  );
  const code = responses[0]?.partitionResponses[0]?.errorCode;
  if (code !== 0) throw new Error(`Produce was answered with error ${code}`);
}

async function leadersOf(client: ClusterClient, name: string, partitions: number): Promise<number[]> {
  for (;;) {
    const { topics } = await client.send(
      metadataApi,
      { topics: [{ name }], allowAutoTopicCreation: false },
      { to: 'any' },
    );
    const told = topics[0]?.partitions ?? [];
    if (told.length === partitions && told.every(({ leaderId }) => leaderId >= 0)) {
      return told
        .toSorted((one, other) => one.partitionIndex - other.partitionIndex)
        .map(({ leaderId }) => leaderId);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
