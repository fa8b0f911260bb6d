/**
 * Decodes one metadata response of a large cluster (version 6: the newest that kafkajs knows) with our codec and with
 * kafkajs's decoder, in blocks by turns, and checks that both see the same.
 *
 *   node bench/protocol-metadata.ts [topics=10000] [partitions=10]
 */
import { createRequire } from 'node:module';
import { decode, encode } from '../server/protocol/codec.ts';
import { type MetadataResponse, metadataApi } from '../server/protocol/messages/metadata.ts';
import { median } from './measure.ts';

const VERSION = 6;
const BLOCKS = 4;
const ROUNDS = 15;
const WARM_UP_ROUNDS = 5;

interface KafkajsMetadata {
  topicMetadata: { topic: string; partitionMetadata: { partitionId: number; isr: number[] }[] }[];
}

const kafkajs: { decode(bytes: Buffer): Promise<KafkajsMetadata> } = createRequire(import.meta.url)(
  'kafkajs/src/protocol/requests/metadata/v6/response.js',
);

const [topics = 10_000, partitions = 10] = process.argv.slice(2).map(Number);
const bytes = encode(metadataApi.response, VERSION, responseOf(topics, partitions));
await checkSame();

const ours: number[] = [];
const theirs: number[] = [];
for (let block = 0; block < BLOCKS; block++) {
  ours.push(...(await times(() => decode(metadataApi.response, VERSION, bytes))));
  theirs.push(...(await times(() => kafkajs.decode(bytes))));
}

const [our, their] = [median(ours), median(theirs)];
const megabytes = bytes.length / 1e6;
console.log(
  `metadata v${VERSION}: ${topics} topics of ${partitions} partitions, ${megabytes.toFixed(1)} MB, median of ${BLOCKS * ROUNDS} rounds`,
);
console.log(`ours    ${our.toFixed(1)} ms (${((megabytes / our) * 1000).toFixed(0)} MB/s)`);
console.log(`kafkajs ${their.toFixed(1)} ms (${((megabytes / their) * 1000).toFixed(0)} MB/s)`);
console.log(
  `| decode a metadata response of ${topics} × ${partitions} partitions | ${our.toFixed(1)} ms | kafkajs ${their.toFixed(1)} ms | ${(their / our).toFixed(1)}× |`,
);

/** Milliseconds of each round of a block, after some rounds in which garbage of the block before is collected. */
async function times(work: () => unknown): Promise<number[]> {
  const measured: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const start = performance.now();
    await work();
    if (round >= 0) measured.push(performance.now() - start);
  }
  return measured;
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

async function checkSame(): Promise<void> {
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
