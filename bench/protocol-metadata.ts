/**
 * Decodes one metadata response of a large cluster (version 6: the newest that kafkajs knows) with our codec and with
 * kafkajs's decoder, in turns, and checks that both see the same.
 *
 *   node bench/protocol-metadata.ts [topics=10000] [partitions=10]
 */
import { createRequire } from 'node:module';
import { isMainThread, Worker } from 'node:worker_threads';
import { decode, encode } from '../server/protocol/codec.ts';
import { type MetadataResponse, metadataApi } from '../server/protocol/messages/metadata.ts';
import { percentile, table } from './measure.ts';

const VERSION = 6;
const ROUNDS = 60;
const WARM_UP_ROUNDS = 20;
/** The first quartile: rounds that nothing else on the machine held up. */
const UNDISTURBED = 0.25;

interface KafkajsMetadata {
  topicMetadata: { topic: string; partitionMetadata: { partitionId: number; isr: number[] }[] }[];
}

const kafkajs: { decode(bytes: Buffer): Promise<KafkajsMetadata> } = createRequire(import.meta.url)(
  'kafkajs/src/protocol/requests/metadata/v6/response.js',
);

if (isMainThread) {
  // Enough room for young objects that neither decoder is measured by the other's garbage.
  const resourceLimits = { maxYoungGenerationSizeMb: 768 };
  new Worker(import.meta.filename, { argv: process.argv.slice(2), resourceLimits });
} else await compare();

async function compare(): Promise<void> {
  const [topics = 10_000, partitions = 10] = process.argv.slice(2).map(Number);
  const bytes = encode(metadataApi.response, VERSION, responseOf(topics, partitions));
  await checkSame(bytes);

  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const our = await milliseconds(() => decode(metadataApi.response, VERSION, bytes));
    const their = await milliseconds(() => kafkajs.decode(bytes));
    if (round < 0) continue;
    ours.push(our);
    theirs.push(their);
  }

  const [our, their] = [percentile(ours, UNDISTURBED), percentile(theirs, UNDISTURBED)];
  const size = `${topics} topics of ${partitions} partitions, ${(bytes.length / 1e6).toFixed(1)} MB`;
  console.log(`metadata version ${VERSION}: ${size}; first quartile of ${ROUNDS} rounds`);
  console.log(
    table(
      ['decoder', 'time', 'throughput', 'ratio'],
      [
        ['kafkajs', `${their.toFixed(1)} ms`, `${(bytes.length / their / 1000).toFixed(0)} MB/s`, '1×'],
        [
          'Kafdeck',
          `${our.toFixed(1)} ms`,
          `${(bytes.length / our / 1000).toFixed(0)} MB/s`,
          `${(their / our).toFixed(1)}×`,
        ],
      ],
    ),
  );
}

async function milliseconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function responseOf(topicCount: number, partitionCount: number) {
  return {
    clusterId: 'Rk1fXzV0T2mJ3wq0xYp9bg',
    controllerId: 1,
    brokers: [1, 2, 3, 4, 5, 6].map((nodeId) => ({
      nodeId,
      host: `broker-${nodeId}.kafka.internal`,
      port: 9092,
      rack: `zone-${nodeId % 3}`,
    })),
    topics: Array.from({ length: topicCount }, (_, topic) => ({
      name: `team-${topic % 40}.orders.events-${topic}`,
      partitions: Array.from({ length: partitionCount }, (_, partitionIndex) => {
        const replicas = [0, 1, 2].map((shift) => ((topic + partitionIndex + shift) % 6) + 1);
        return {
          partitionIndex,
          leaderId: replicas[0]!,
          replicaNodes: replicas,
          isrNodes: replicas,
          offlineReplicas: [],
        };
      }),
    })),
  };
}

async function checkSame(bytes: Buffer): Promise<void> {
  const our: MetadataResponse = decode(metadataApi.response, VERSION, bytes);
  const their = await kafkajs.decode(bytes);
  const inOurWords = their.topicMetadata.map(({ topic, partitionMetadata }) => [
    topic,
    partitionMetadata.map(({ partitionId, isr }) => [partitionId, isr]),
  ]);
  const inOurs = our.topics.map(({ name, partitions: all }) => [
    name,
    all.map(({ partitionIndex, isrNodes }) => [partitionIndex, isrNodes]),
  ]);
  if (JSON.stringify(inOurWords) !== JSON.stringify(inOurs)) throw new Error('the two decoders do not agree');
}
