/**
 * Kafka Connect, MirrorMaker 2 and Kafka Streams, as they are released, on embedded clusters: they do their work and log
 * no error, all at the same time. `KAFDECK_ECOSYSTEM_SECONDS` lets each go on working for longer.
 */
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbeddedBroker } from '../harness/embedded-broker.ts';
import { scratchDir } from '../harness/folders.ts';
import { ecosystemJars, KAFKA_VERSION } from '../harness/kafka-jars.ts';
import { freePortBlock } from '../harness/ports.ts';
import { eventually } from '../harness/under-test.ts';
import { JavaProgram, propertiesFile } from './java-program.ts';

const { Kafka, logLevel } = kafkajs;
const SECONDS = Number(process.env.KAFDECK_ECOSYSTEM_SECONDS ?? 10);
const PATIENCE_MS = 150_000;
const TEST_MS = 400_000 + SECONDS * 2000;

type Broker = Awaited<ReturnType<typeof startEmbeddedBroker>>;
let here: Broker;
let there: Broker;
let folder: string;
const programs: JavaProgram[] = [];

beforeAll(async () => {
  ecosystemJars();
  folder = scratchDir('ecosystem');
  [here, there] = await Promise.all([startEmbeddedBroker(), startEmbeddedBroker()]);
}, 600_000);

afterAll(async () => {
  await Promise.all(programs.map(({ child }) => child.stop('SIGKILL')));
  await Promise.all([here?.close(), there?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

function started(name: string, mainClass: string, args: string[]): JavaProgram {
  const program = new JavaProgram(name, mainClass, args, folder);
  programs.push(program);
  return program;
}

const kafkaOf = ({ bootstrapServers }: Broker) =>
  new Kafka({ brokers: bootstrapServers.split(','), logLevel: logLevel.NOTHING });

async function createTopic(broker: Broker, topic: string): Promise<void> {
  const admin = kafkaOf(broker).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 2, replicationFactor: 3 }] });
  await admin.disconnect();
}

async function produce(broker: Broker, topic: string, values: string[]): Promise<void> {
  const producer = kafkaOf(broker).producer();
  await producer.connect();
  await producer.send({ topic, messages: values.map((value) => ({ key: value, value })) });
  await producer.disconnect();
}

/** What a group has committed of all partitions of a topic. */
async function committedOffset(broker: Broker, groupId: string, topic: string): Promise<number> {
  const admin = kafkaOf(broker).admin();
  await admin.connect();
  const offsets = await admin.fetchOffsets({ groupId, topics: [topic] });
  await admin.disconnect();
  return offsets
    .flatMap(({ partitions }) => partitions)
    .reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
}

/** Keeps the newest value of each key while it reads; give it up with `stop`. */
async function table(broker: Broker, topic: string) {
  const rows = new Map<string, Buffer>();
  const consumer = kafkaOf(broker).consumer({ groupId: `table-of-${topic}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      rows.set(String(message.key), message.value ?? Buffer.alloc(0));
    },
  });
  return { rows, stop: () => consumer.disconnect() };
}

it.concurrent('Connect moves lines from a file through a topic into a file', {
  timeout: TEST_MS,
}, async () => {
  const plugins = join(folder, 'plugins/file');
  mkdirSync(plugins, { recursive: true });
  const jar = `connect-file-${KAFKA_VERSION}.jar`;
  copyFileSync(join(ecosystemJars(), jar), join(plugins, jar));
  const port = await freePortBlock(1);
  const connect = started('connect', 'org.apache.kafka.connect.cli.ConnectDistributed', [
    propertiesFile(folder, 'connect.properties', {
      'bootstrap.servers': here.bootstrapServers,
      'group.id': 'connect',
      'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
      'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
      'config.storage.topic': 'connect-configs',
      'offset.storage.topic': 'connect-offsets',
      'status.storage.topic': 'connect-status',
      'offset.flush.interval.ms': '1000',
      listeners: `http://127.0.0.1:${port}`,
      'plugin.path': join(folder, 'plugins'),
      'plugin.discovery': 'service_load',
    }),
  ]);
  const api = `http://127.0.0.1:${port}/connectors`;
  await eventually('Connect answers', async () => (await fetch(api)).ok, PATIENCE_MS);

  const input = join(folder, 'input.txt');
  const output = join(folder, 'output.txt');
  const lines = Array.from({ length: 500 }, (_, n) => `line ${n}`);
  appendFileSync(input, `${lines.join('\n')}\n`);
  for (const [name, config] of Object.entries({
    source: { 'connector.class': 'FileStreamSource', file: input, topic: 'lines' },
    sink: { 'connector.class': 'FileStreamSink', file: output, topics: 'lines' },
  })) {
    const body = JSON.stringify({ name, config: { 'tasks.max': '1', ...config } });
    const answer = await fetch(api, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status, await answer.text()).toBe(201);
  }
  const written = () => (existsSync(output) ? readFileSync(output, 'utf8').split('\n').filter(Boolean) : []);
  await eventually('all lines come out', async () => written().length >= lines.length, PATIENCE_MS);
  for (let second = 0; second < SECONDS; second++) {
    appendFileSync(input, `later ${second}\n`);
    await delay(1000);
  }
  await eventually(
    'the later lines too',
    async () => written().length >= lines.length + SECONDS,
    PATIENCE_MS,
  );
  expect(written().toSorted()).toEqual(
    [...lines, ...Array.from({ length: SECONDS }, (_, second) => `later ${second}`)].toSorted(),
  );
  expect(connect.errors).toEqual([]);
  await connect.child.stop();
});

it.concurrent('MirrorMaker 2 copies a topic to another cluster, with groups’ offsets', {
  timeout: TEST_MS,
}, async () => {
  await createTopic(here, 'orders');
  await produce(
    here,
    'orders',
    Array.from({ length: 200 }, (_, n) => `order ${n}`),
  );
  const reader = await table(here, 'orders');
  await eventually('all is read at home', async () => reader.rows.size === 200);
  // Leaving its group it commits what it has read.
  await reader.stop();
  expect(await committedOffset(here, 'table-of-orders', 'orders')).toBe(200);
  const mirror = started('mirror', 'org.apache.kafka.connect.mirror.MirrorMaker', [
    propertiesFile(folder, 'mirror.properties', {
      clusters: 'here, there',
      'here.bootstrap.servers': here.bootstrapServers,
      'there.bootstrap.servers': there.bootstrapServers,
      'here->there.enabled': 'true',
      'there->here.enabled': 'false',
      'here->there.topics': 'orders',
      'here->there.groups': '.*',
      'sync.group.offsets.enabled': 'true',
      'sync.group.offsets.interval.seconds': '2',
      'emit.checkpoints.interval.seconds': '2',
      'emit.heartbeats.interval.seconds': '1',
      'refresh.topics.interval.seconds': '5',
      'refresh.groups.interval.seconds': '5',
    }),
  ]);
  const admin = kafkaOf(there).admin();
  await admin.connect();
  const has = async (topic: string) => (await admin.listTopics()).includes(topic);
  await eventually('the copy is made', () => has('here.orders'), PATIENCE_MS);
  const copy = await table(there, 'here.orders');
  await eventually('all is copied', async () => copy.rows.size === 200, PATIENCE_MS);
  for (let second = 0; second < SECONDS; second++) {
    await produce(here, 'orders', [`later ${second}`]);
    await delay(1000);
  }
  await eventually('what comes later too', async () => copy.rows.size === 200 + SECONDS, PATIENCE_MS);
  await copy.stop();
  expect(await has('here.checkpoints.internal')).toBe(true);
  expect(await has('heartbeats')).toBe(true);
  const translated = async () => (await committedOffset(there, 'table-of-orders', 'here.orders')) > 0;
  await eventually('the group has offsets there', translated, PATIENCE_MS);
  await admin.disconnect();
  expect(mirror.errors).toEqual([]);
  await mirror.child.stop();
});

it.concurrent('Streams counts words', { timeout: TEST_MS }, async () => {
  await createTopic(here, 'streams-plaintext-input');
  await createTopic(here, 'streams-wordcount-output');
  const settings = propertiesFile(folder, 'streams.properties', {
    'bootstrap.servers': here.bootstrapServers,
    'commit.interval.ms': '500',
    'state.dir': join(folder, 'streams'),
    'replication.factor': '3',
  });
  const streams = started('streams', 'org.apache.kafka.streams.examples.wordcount.WordCountDemo', [settings]);
  await produce(here, 'streams-plaintext-input', ['one two two', 'three three three']);
  const counts = await table(here, 'streams-wordcount-output');
  const count = (word: string) => Number(counts.rows.get(word)?.readBigInt64BE() ?? 0n);
  await eventually('words are counted', async () => count('three') === 3 && count('two') === 2, PATIENCE_MS);
  for (let second = 0; second < SECONDS; second++) {
    await produce(here, 'streams-plaintext-input', [`one more ${second}`]);
    await delay(1000);
  }
  await eventually('and go on being counted', async () => count('one') === 1 + SECONDS, PATIENCE_MS);
  await counts.stop();
  expect(streams.errors).toEqual([]);
  expect(readdirSync(join(folder, 'streams'))).not.toEqual([]);
  await streams.child.stop();
});
