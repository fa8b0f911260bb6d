/**
 * Decodes one metadata response of a large cluster (version 6: the newest that kafkajs knows) with our codec and with
 * kafkajs's decoder, in turns, and checks that both see the same. Tells the medians of several threads.
 *
 *   node bench/protocol-metadata.ts [topics=10000] [partitions=10]
 */
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { decode, encode } from '../server/protocol/codec.ts';
import { type MetadataResponse, metadataApi } from '../server/protocol/messages/metadata.ts';
import { median, percentile, table } from './measure.ts';

const VERSION = 6;
const THREADS = 5;
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

const [topics = 10_000, partitions = 10] = process.argv.slice(2).map(Number);

if (isMainThread) {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let thread = 0; thread < THREADS; thread++) {
    const { our, their } = await inFreshThread();
    ours.push(our);
    theirs.push(their);
  }
  tell(median(ours), median(theirs));
} else parentPort!.postMessage(await compare());

interface Compared {
  our: number;
  their: number;
}

/** V8 does not compile the same code the same way each time. */
async function inFreshThread(): Promise<Compared> {
  // Enough room for young objects that neither decoder is measured by the other's garbage.
  const resourceLimits = { maxYoungGenerationSizeMb: 768 };
  const worker = new Worker(import.meta.filename, { argv: process.argv.slice(2), resourceLimits });
  const [compared] = await once(worker, 'message');
  await once(worker, 'exit');
  return compared;
}

async function compare(): Promise<Compared> {
  const bytes = response();
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
  return { our: percentile(ours, UNDISTURBED), their: percentile(theirs, UNDISTURBED) };
}

function tell(our: number, their: number): void {
  const size = response().length;
  const row = (name: string, time: number, ratio: string) => [
    name,
    `${time.toFixed(1)} ms`,
    `${(size / time / 1000).toFixed(0)} MB/s`,
    ratio,
  ];
  const head = `${topics} topics of ${partitions} partitions, ${(size / 1e6).toFixed(1)} MB`;
  console.log(
    table(
      [head, 'time', 'throughput', 'ratio'],
      [row('kafkajs', their, '1×'), row('Kafdeck', our, `${(their / our).toFixed(1)}×`)],
    ),
  );
}

function response(): Buffer {
  return encode(metadataApi.response, VERSION, responseOf(topics, partitions));
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
