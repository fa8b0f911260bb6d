/**
 * Searching a topic through: `node bench/search.ts [kafka|embedded] [records]`. One topic of JSON for each compression, on one
 * cluster; in turns kcat with grep, kafkajs, and Kafdeck's HTTP API look for the same text, and each has to find all of it.
 * Then expressions, the time to the first match, what others feel of it, and the console's memory.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Kafka, logLevel } from 'kafkajs';
import { type Console, startConsole } from '../e2e/harness/console.ts';
import { startEmbeddedBroker } from '../e2e/harness/embedded-broker.ts';
import { fillTopic } from '../e2e/harness/fill-topic.ts';
import { scratchDir } from '../e2e/harness/folders.ts';
import { freePortBlock } from '../e2e/harness/ports.ts';
import { startRealKafka } from '../e2e/harness/real-kafka.ts';
import { ensurePrograms } from '../e2e/run/debian.ts';
import type { CompressionType } from '../server/protocol/records/compression.ts';
import { median, PeakMemory, residentMegabytes, table, timeGet, untilQuiet } from './measure.ts';
import { orderOf, TOTALS, totalOf } from './orders.ts';
import { linesOf, search } from './search-api.ts';

const kind = process.argv[2] === 'embedded' ? 'embedded' : 'kafka';
const records = Number(process.argv[3] ?? 1_000_000);
const PARTITIONS = 6;
const ROUNDS = 5;
/** Searches that come before those that are measured. */
const WARMING = 5;
const CODECS: CompressionType[] = ['none', 'lz4', 'zstd', 'snappy', 'gzip'];
/** kafkajs brings these two along. */
const CODECS_OF_KAFKAJS: CompressionType[] = ['none', 'gzip'];
const NEEDLE = 'zebra-crossing';
const NEEDLES = 52;
/** In the first batch of the first partition. */
const FIRST = 'first-of-all';
const WIDTH = Math.max(1, Math.min(4, availableParallelism()));
/** Of all totals, so many are dearer than what is asked for. */
const DEARER = 30;
const EXPRESSION = `value.total >= ${(TOTALS - DEARER) / 100}`;

const isNeedle = (index: number) =>
  index % Math.floor(records / NEEDLES) === 7 && index < records - (records % NEEDLES);
const noteOf = (index: number) => (isNeedle(index) ? NEEDLE : index === 0 ? FIRST : 'nothing to remark');
const topicOf = (codec: CompressionType) => `search-${codec}`;

interface Found {
  milliseconds: number;
  found: number;
}

ensurePrograms({ kcat: 'kafkacat' });
const cluster = kind === 'kafka' ? await startRealKafka({ heap: '1g' }) : await startEmbeddedBroker();
const dataDir = scratchDir('bench');
const { bootstrapServers } = cluster;
const rows: string[][] = [];
let kafdeck: Console | null = null;
const count = (value: number) => Math.round(value).toLocaleString('en-US');
const ms = (value: number) => `${count(value)} ms`;
try {
  for (const compression of CODECS)
    await fillTopic(bootstrapServers, {
      topic: topicOf(compression),
      partitions: PARTITIONS,
      records,
      compression,
      value: (index) => orderOf(index, noteOf(index)),
    });
  await untilQuiet();
  kafdeck = await startConsole('bench-search', {
    PORT: String(await freePortBlock(1)),
    KAFDECK_BROKERS: bootstrapServers,
    KAFDECK_DATA_DIR: dataDir,
  });
  const pid = kafdeck.child.process.pid!;
  const api = `${kafdeck.url}/api/v1/clusters/default`;
  const messagesOf = (codec: CompressionType, query: Record<string, string>) =>
    `${api}/topics/${topicOf(codec)}/messages?${new URLSearchParams({ from: 'earliest', limit: '10000', ...query })}`;

  for (const codec of CODECS) await search(messagesOf(codec, { limit: '50' }));
  for (let index = 0; index < 100; index++) await timeGet(`${api}/overview`);
  await settled();
  const idleMb = residentMegabytes(pid);
  const memory = new PeakMemory(pid);
  const needle = { search: NEEDLE, matchCase: 'true' };
  const cold = checked(await search(messagesOf('none', needle)), 'Kafdeck');
  // What runs often is compiled by then: kcat was when it was built.
  for (let round = 1; round < WARMING; round++)
    await search(messagesOf(CODECS[round % CODECS.length]!, needle));

  for (const codec of CODECS) {
    const [ours, kcats, kafkajs]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round++) {
      kcats.push(checked(await kcat(topicOf(codec)), 'kcat'));
      ours.push(checked(await search(messagesOf(codec, needle)), 'Kafdeck'));
      if (CODECS_OF_KAFKAJS.includes(codec)) kafkajs.push(checked(await consume(topicOf(codec)), 'kafkajs'));
    }
    const [our, theirs] = [median(ours), median(kcats)];
    tell([
      `${codec}: text in ${count(records)} messages`,
      `${ms(our)}, ${count(records / (our / 1000))} messages/s`,
      ms(theirs),
      kafkajs.length > 0 ? ms(median(kafkajs)) : '–',
      `${(theirs / our).toFixed(1)}×`,
      codec === 'none' ? '≥ 5×, ≥ 1,500,000 messages/s' : codec === 'lz4' ? '≥ 5×' : '–',
    ]);
  }

  const ignoring: number[] = [];
  const expressions: number[] = [];
  const firsts: number[] = [];
  const dearer = Array.from({ length: records }, (_, index) => totalOf(index)).filter(
    (total) => total >= TOTALS - DEARER,
  ).length;
  for (let round = 0; round < ROUNDS; round++) {
    ignoring.push(checked(await search(messagesOf('none', { search: NEEDLE.toUpperCase() })), 'Kafdeck'));
    expressions.push(checked(await search(messagesOf('none', { filter: EXPRESSION })), 'Kafdeck', dearer));
    firsts.push(await firstMatch(messagesOf('none', { search: FIRST })));
  }
  const perThread = records / (median(expressions) / 1000) / WIDTH;
  tell(['none: the very first search', ms(cold), '–', '–', '–', '–']);
  tell(['none: the same, capital or small', ms(median(ignoring)), '–', '–', '–', '–']);
  tell([
    `none: \`${EXPRESSION}\``,
    `${ms(median(expressions))}, ${count(perThread)} messages/s per thread`,
    '–',
    '–',
    '–',
    '≥ 250,000 messages/s per thread',
  ]);
  tell(['first match, when it is in the first batch', ms(median(firsts)), '–', '–', '–', '≤ 150 ms']);

  const { idle, during } = await overviewWhile(`${api}/overview`, messagesOf('none', { filter: EXPRESSION }));
  tell([
    'overview, idle / while an expression is searched for',
    `${idle.toFixed(1)} / ${during.toFixed(1)} ms`,
    '–',
    '–',
    `${(during / idle).toFixed(1)}×`,
    '≤ 2×',
  ]);
  const peakMb = memory.end();
  tell([
    'memory of the console, idle / at most',
    `${idleMb.toFixed(0)} / ${peakMb.toFixed(0)} MB`,
    '–',
    '–',
    `+ ${(peakMb - idleMb).toFixed(0)} MB`,
    '≤ + 250 MB',
  ]);
  console.log(
    table(
      [
        `${PARTITIONS} partitions on ${kind}, medians of ${ROUNDS}`,
        'Kafdeck',
        'kcat and grep',
        'kafkajs',
        'ratio',
        'held to',
      ],
      rows,
    ),
  );
} finally {
  await kafdeck?.close();
  await cluster.close();
  rmSync(dataDir, { recursive: true, force: true });
}

/** Also said at once: a run takes minutes. */
function tell(row: string[]): void {
  rows.push(row);
  console.error(row.join(' | '));
}

/** The milliseconds. Throws where not all was found, or more. */
function checked({ milliseconds, found }: Found, who: string, wanted = NEEDLES): number {
  if (found !== wanted) throw new Error(`${who} found ${found} of ${wanted}`);
  return milliseconds;
}

/** Until what was begun on the way has ended: the console forgets and collects. */
function settled(): Promise<void> {
  return new Promise((resume) => setTimeout(resume, 3000));
}

/** Milliseconds until the first message is there; the rest is not waited for. */
async function firstMatch(url: string): Promise<number> {
  const began = performance.now();
  let milliseconds: number | null = null;
  for await (const { type } of linesOf(url)) {
    if (type !== 'message') continue;
    milliseconds = performance.now() - began;
    break;
  }
  if (milliseconds === null) throw new Error(`${url} found nothing`);
  await settled();
  return milliseconds;
}

async function kcat(topic: string): Promise<Found> {
  const began = performance.now();
  const command = `kcat -C -e -q -o beginning -b ${bootstrapServers} -t ${topic} | grep -c ${NEEDLE}`;
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  for await (const piece of child.stdout) printed += piece;
  return { milliseconds: performance.now() - began, found: Number(printed) };
}

/** By a new group, which the embedded cluster and the harness's settings let begin at once. */
async function consume(topic: string): Promise<Found> {
  const began = performance.now();
  const kafka = new Kafka({ brokers: bootstrapServers.split(','), logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `bench-${topic}-${began}` });
  let [seen, found] = [0, 0];
  const through = Promise.withResolvers<number>();
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachBatch: async ({ batch }) => {
      for (const { value } of batch.messages) if (value?.includes(NEEDLE)) found += 1;
      seen += batch.messages.length;
      if (seen >= records) through.resolve(performance.now() - began);
    },
  });
  const milliseconds = await through.promise;
  await consumer.disconnect();
  return { milliseconds, found };
}

/** Median milliseconds of the overview, with nothing else to do and while a search is begun again and again. */
async function overviewWhile(overview: string, searching: string): Promise<{ idle: number; during: number }> {
  const idle: number[] = [];
  for (let index = 0; index < 300; index++) idle.push(await timeGet(overview));
  const during: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let isOver = false;
    const ended = search(searching).then(() => {
      isOver = true;
    });
    while (!isOver) during.push(await timeGet(overview));
    await ended;
  }
  return { idle: median(idle), during: median(during) };
}
