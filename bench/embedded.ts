/**
 * The embedded cluster against three nodes of Apache Kafka, in one run: `node bench/embedded.ts [records] [rounds]`. Both
 * run at the same time and are asked in turns by Kafka's own ProducerPerformance and ConsumerPerformance, so that what else
 * the machine does is shared out evenly; each figure is the median of the rounds. Both have the settings that they come with.
 */
import { startEmbeddedBroker } from '../e2e/harness/embedded-broker.ts';
import { startRealKafka } from '../e2e/harness/real-kafka.ts';
import { MANY_TOPICS, manyTopics } from './embedded-topics.ts';
import {
  type BenchCluster,
  consume,
  consumeWithKafkajs,
  makeTopics,
  produce,
  produceLatency,
} from './embedded-work.ts';
import { median, processAgeMs, processorMs, residentMegabytes, table } from './measure.ts';

const RECORDS = Number(process.argv[2] ?? 1_000_000);
const ROUNDS = Number(process.argv[3] ?? 3);

/** Gives one figure, or as many as there are names. */
type Measure = (cluster: BenchCluster) => Promise<number | readonly number[]>;

/** What one figure of a measurement is called, its unit, and what the ratio is held to. */
type Figure = readonly [name: string, unit: string, wanted: string];

const PROCESSOR_TIME: Figure = ['… processor time of the brokers', 'ms', '–'];

const rows: string[][] = [];

function row(name: string, unit: string, embedded: number, kafka: number, wanted: string): void {
  const shown = (value: number) => `${value.toLocaleString('en', { maximumFractionDigits: 0 })} ${unit}`;
  rows.push([name, shown(embedded), shown(kafka), `${(embedded / kafka).toFixed(2)}×`, wanted]);
  console.error(rows.at(-1)!.join(' · '));
}

/** Starts a cluster. Tells how old its oldest process is when it has made the first topics, and how large all are then. */
async function started<Cluster extends BenchCluster>(start: () => Promise<Cluster>) {
  const cluster = await start();
  await makeTopics(cluster);
  const ready = Math.max(...cluster.pids().map(processAgeMs));
  return { cluster, ready, memory: memoryOf(cluster) };
}

function memoryOf(cluster: BenchCluster): number {
  return cluster.pids().reduce((sum, pid) => sum + residentMegabytes(pid), 0);
}

/** Adds a row for each figure that is measured, and one for the processor time that the brokers took for it. */
async function inTurns(figures: readonly Figure[], measure: Measure): Promise<void> {
  const measured: [number[][], number[][]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [side, { cluster }] of [embedded, kafka].entries()) {
      const before = processorTimeOf(cluster);
      measured[side]!.push([await measure(cluster), processorTimeOf(cluster) - before].flat());
    }
  }
  for (const [index, [name, unit, wanted]] of [...figures, PROCESSOR_TIME].entries()) {
    const [ours, theirs] = measured.map((rounds) => median(rounds.map((round) => round[index]!)));
    row(name, unit, ours!, theirs!, wanted);
  }
}

function processorTimeOf(cluster: BenchCluster): number {
  return cluster.pids().reduce((sum, pid) => sum + processorMs(pid), 0);
}

const many = await manyTopics();
const embedded = await started(async () => {
  const broker = await startEmbeddedBroker();
  return { ...broker, pids: () => [broker.child.process.pid!] };
});
const kafka = await started(() => startRealKafka({ asReleased: true }));
try {
  row('process start until topics are made', 'ms', embedded.ready, kafka.ready, '≤ 0.125×');
  row('memory then', 'MB', embedded.memory, kafka.memory, '≤ 0.2×');
  const of = RECORDS.toLocaleString('en');
  await inTurns([[`produce ${of} × 244 B, acks=1, RF 1`, 'records/s', '≥ 1×']], (cluster) =>
    produce(cluster, 'rf1', '1', RECORDS),
  );
  await inTurns([[`produce ${of} × 244 B, acks=all, RF 3`, 'records/s', '≥ 1.5×']], (cluster) =>
    produce(cluster, 'rf3', 'all', RECORDS),
  );
  await inTurns([['median latency at 1,000 records/s, acks=all, RF 3', 'ms', '≤ 1×']], (cluster) =>
    produceLatency(cluster, 'rf3'),
  );
  await inTurns(
    [
      [`consume ${of} × 244 B, in all`, 'records/s', '≥ 2×'],
      ['… while fetching', 'records/s', '–'],
      ['… processor time of the consumer', 'ms', '–'],
    ],
    (cluster) => consume(cluster, 'rf3', RECORDS),
  );
  await inTurns([[`consume ${of} × 244 B with kafkajs, while fetching`, 'records/s', '–']], (cluster) =>
    consumeWithKafkajs(cluster, 'rf3', RECORDS),
  );
  row('memory after all that', 'MB', memoryOf(embedded.cluster), memoryOf(kafka.cluster), '≤ 0.2×');
} finally {
  await embedded.cluster.close();
  await kafka.cluster.close();
}

const topics = `${MANY_TOPICS.toLocaleString('en')} topics × 3 partitions, RF 3`;
rows.push(
  [`${topics}: until all are in the metadata`, `${many.seconds.toFixed(1)} s`, '–', '–', '≤ 10 s'],
  [`${topics}: memory then`, `${many.megabytes.toFixed(0)} MB`, '–', '–', '≤ 400 MB'],
);
console.log(table(['', 'Embedded', 'Apache Kafka 4.3.1', 'ratio', 'held to'], rows));
