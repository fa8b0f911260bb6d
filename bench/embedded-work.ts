import { Kafka, logLevel } from 'kafkajs';
import { type OfficialTool, runOfficialTool } from '../e2e/harness/official-tool.ts';
import { childrenProcessorMs } from './measure.ts';

/** As Kafka's own scripts start the perf tools: with every compiler, unlike the tests. */
const PERF_JVM = ['-Xmx512m', '-XX:+UseG1GC', '-Dlog4j2.level=ERROR'];
const RECORD_BYTES = 244;
const LATENCY_RECORDS = 10_000;
const TIMEOUT_MS = 600_000;

/** A cluster that is asked, and the processes that it is made of. */
export interface BenchCluster {
  readonly bootstrapServers: string;
  pids(): number[];
  close(): Promise<void>;
}

/** Waits until a cluster takes topics, and makes the two that are written to: `rf1` and `rf3`, of 6 partitions. */
export async function makeTopics({ bootstrapServers }: BenchCluster): Promise<void> {
  const kafka = kafkaOf(bootstrapServers);
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({
    topics: [1, 3].map((factor) => ({ topic: `rf${factor}`, numPartitions: 6, replicationFactor: factor })),
  });
  await admin.disconnect();
}

/** Records a second that ProducerPerformance gets rid of. */
export async function produce(
  { bootstrapServers }: BenchCluster,
  topic: string,
  acks: '1' | 'all',
  records: number,
): Promise<number> {
  const line = await producerPerformance(bootstrapServers, topic, acks, records, '-1');
  return figure(line, /([\d.]+) records\/sec/);
}

/** The median time until a record is acknowledged, at 1,000 records a second, in milliseconds. */
export async function produceLatency({ bootstrapServers }: BenchCluster, topic: string): Promise<number> {
  const line = await producerPerformance(bootstrapServers, topic, 'all', LATENCY_RECORDS, '1000');
  return figure(line, /(\d+) ms 50th/);
}

/**
 * Records a second that ConsumerPerformance reads in all and from when it has its partitions, and the milliseconds of
 * processor time that it takes itself, with the start of its JVM.
 */
export async function consume(
  { bootstrapServers }: BenchCluster,
  topic: string,
  records: number,
): Promise<[inAll: number, whileFetching: number, processorTime: number]> {
  const before = childrenProcessorMs();
  const line = await lastLine('kafka-consumer-perf-test', [
    ...['--topic', topic, '--num-records', String(records), '--bootstrap-server', bootstrapServers],
  ]);
  // start.time, end.time, data.consumed.in.MB, MB.sec, data.consumed.in.nMsg, nMsg.sec, rebalance.time.ms, fetch.time.ms,
  // fetch.MB.sec, fetch.nMsg.sec
  const columns = line.split(', ').map(Number);
  if (columns.length !== 10) throw new Error(`these are not the figures of the consumer: ${line}`);
  return [columns[5]!, columns[9]!, childrenProcessorMs() - before];
}

/** Records a second that kafkajs hands out in batches, from the first to the last. */
export async function consumeWithKafkajs(
  { bootstrapServers }: BenchCluster,
  topic: string,
  records: number,
): Promise<number> {
  const consumer = kafkaOf(bootstrapServers).consumer({ groupId: `bench-${process.hrtime.bigint()}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let read = 0;
  let firstAt = 0;
  const { promise: done, resolve } = Promise.withResolvers<number>();
  await consumer.run({
    partitionsConsumedConcurrently: 6,
    eachBatch: async ({ batch }) => {
      firstAt ||= performance.now();
      read += batch.messages.length;
      if (read >= records) resolve((read / (performance.now() - firstAt)) * 1000);
    },
  });
  const rate = await done;
  await consumer.disconnect();
  return rate;
}

function producerPerformance(
  servers: string,
  topic: string,
  acks: string,
  records: number,
  throughput: string,
): Promise<string> {
  return lastLine('kafka-producer-perf-test', [
    ...['--topic', topic, '--num-records', String(records), '--record-size', String(RECORD_BYTES)],
    ...['--throughput', throughput, '--bootstrap-server', servers, '--command-property', `acks=${acks}`],
  ]);
}

async function lastLine(tool: OfficialTool, args: string[]): Promise<string> {
  const { status, stdout, stderr } = await runOfficialTool(tool, args, {
    timeoutMs: TIMEOUT_MS,
    jvm: PERF_JVM,
  });
  if (status !== 0) throw new Error(`${tool} ended with ${status}: ${stderr}`);
  return stdout.trim().split('\n').at(-1) ?? '';
}

function figure(line: string, pattern: RegExp): number {
  const [, number] = pattern.exec(line) ?? [];
  if (number === undefined) throw new Error(`there is no figure in: ${line}`);
  return Number(number);
}

function kafkaOf(bootstrapServers: string): Kafka {
  return new Kafka({
    brokers: bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 20, retries: 30 },
  });
}
