/**
 * The embedded cluster against three nodes of Apache Kafka, in one run: `node bench/embedded.ts`.
 * Start until the first metadata answer, memory then, and throughput by Kafka's own ProducerPerformance.
 */
import { Kafka, logLevel } from 'kafkajs';
import { startEmbeddedBroker } from '../e2e/harness/embedded-broker.ts';
import { runOfficialTool } from '../e2e/harness/official-tool.ts';
import { startRealKafka } from '../e2e/harness/real-kafka.ts';
import { residentMegabytes, table } from './measure.ts';

const RECORDS = Number(process.argv[2] ?? 500_000);

interface Figures {
  start: number;
  memory: number;
  produce: string;
  memoryAfter: number;
}

async function untilAnswered(bootstrapServers: string): Promise<void> {
  const admin = new Kafka({
    brokers: bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 20 },
  }).admin();
  await admin.connect();
  await admin.describeCluster();
  await admin.createTopics({ topics: [{ topic: 'bench', numPartitions: 6, replicationFactor: 3 }] });
  await admin.disconnect();
}

async function measure(
  start: () => Promise<{ bootstrapServers: string; pids: () => number[]; close(): Promise<void> }>,
): Promise<Figures> {
  const started = performance.now();
  const cluster = await start();
  try {
    await untilAnswered(cluster.bootstrapServers);
    const ready = performance.now() - started;
    const memory = () => cluster.pids().reduce((sum, pid) => sum + residentMegabytes(pid), 0);
    const idle = memory();
    const { stdout } = await runOfficialTool(
      'kafka-producer-perf-test',
      [
        ...[
          '--topic',
          'bench',
          '--num-records',
          String(RECORDS),
          '--record-size',
          '244',
          '--throughput',
          '-1',
        ],
        ...['--bootstrap-server', cluster.bootstrapServers, '--command-property', 'acks=all'],
      ],
      { timeoutMs: 300_000 },
    );
    const rate =
      stdout
        .trim()
        .split('\n')
        .at(-1)
        ?.match(/([\d.]+) records\/sec/)?.[1] ?? stdout;
    return { start: ready, memory: idle, produce: rate, memoryAfter: memory() };
  } finally {
    await cluster.close();
  }
}

const embedded = await measure(async () => {
  const broker = await startEmbeddedBroker();
  return { ...broker, pids: () => [broker.child.process.pid!] };
});
const kafka = await measure(async () => {
  const cluster = await startRealKafka();
  return { ...cluster, pids: () => cluster.pids() };
});

const row = (name: string, ours: number, theirs: number, unit: string) => [
  name,
  `${ours.toFixed(0)} ${unit}`,
  `${theirs.toFixed(0)} ${unit}`,
  (ours / theirs).toFixed(2),
];
console.log(
  table(
    ['', 'Embedded', 'Apache Kafka 4.3.1', 'ratio'],
    [
      row('start until a topic is made', embedded.start, kafka.start, 'ms'),
      row('memory then', embedded.memory, kafka.memory, 'MB'),
      row(
        `produce ${RECORDS} × 244 B, acks=all, RF 3`,
        Number(embedded.produce),
        Number(kafka.produce),
        'records/s',
      ),
      row('memory after that', embedded.memoryAfter, kafka.memoryAfter, 'MB'),
    ],
  ),
);
