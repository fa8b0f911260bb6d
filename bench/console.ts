/**
 * The console over many topics: `node bench/console.ts [embedded|kafka] [topics] [partitions]`.
 * Measures the first view after start, warm latency, requests a second with 20 connections, and the server's memory;
 * in the same run the time kafkajs needs for the metadata of the same topics, as the yardstick for ratios.
 */
import { rmSync } from 'node:fs';
import autocannon from 'autocannon';
import { Kafka, logLevel } from 'kafkajs';
import { type Console, startConsole } from '../e2e/harness/console.ts';
import { startEmbeddedBroker } from '../e2e/harness/embedded-broker.ts';
import { scratchDir } from '../e2e/harness/folders.ts';
import { freePortBlock } from '../e2e/harness/ports.ts';
import { startRealKafka } from '../e2e/harness/real-kafka.ts';
import { median, percentile, residentMegabytes, table, timeGet, untilQuiet } from './measure.ts';
import { seedTopics } from './seed-topics.ts';

const kind = process.argv[2] === 'kafka' ? 'kafka' : 'embedded';
const topicCount = Number(process.argv[3] ?? 5000);
const partitionCount = Number(process.argv[4] ?? 2);

const STARTS = 5;
const FIRST_VIEWS = [
  `process start until the address is printed, median of ${STARTS}`,
  '… until the first page',
  '… until the overview in it',
  '… until the first topics page',
];

const cluster = kind === 'kafka' ? await startRealKafka({ heap: '1g' }) : await startEmbeddedBroker();
const dataDir = scratchDir('bench');
try {
  const seeding = performance.now();
  await seedTopics(cluster.bootstrapServers, topicCount, partitionCount);
  console.log(
    `${topicCount} × ${partitionCount} made in ${((performance.now() - seeding) / 1000).toFixed(1)} s`,
  );

  await untilQuiet();

  const starts: number[][] = [];
  for (let start = 1; start < STARTS; start++) {
    const { kafdeck, times } = await startAndView();
    starts.push(times);
    await kafdeck.close();
  }
  const { kafdeck, times } = await startAndView();
  starts.push(times);
  const rows: string[][] = FIRST_VIEWS.map((what, index) => [
    what,
    `${median(starts.map((one) => one[index]!)).toFixed(0)} ms`,
  ]);
  const { overview, topics } = addressesOf(kafdeck.url);
  for (let index = 0; index < 50; index++) await Promise.all([timeGet(overview), timeGet(topics)]);
  rows.push(['memory, warm', `${residentMegabytes(kafdeck.child.process.pid!).toFixed(0)} MB`]);

  for (const [name, url] of [
    ['overview', overview],
    ['topics page', topics],
  ] as const) {
    const times: number[] = [];
    for (let index = 0; index < 200; index++) times.push(await timeGet(url));
    rows.push([
      `${name}, one connection, median / 99 %`,
      `${median(times).toFixed(1)} / ${percentile(times, 0.99).toFixed(1)} ms`,
    ]);
    const load = await autocannon({ url, connections: 20, duration: 10 });
    rows.push([
      `${name}, 20 connections`,
      `${load.requests.average.toFixed(0)} requests/s, median ${load.latency.p50} ms, 99 % ${load.latency.p99} ms, ${load.non2xx + load.errors} failed`,
    ]);
  }
  rows.push(['memory, after that load', `${residentMegabytes(kafdeck.child.process.pid!).toFixed(0)} MB`]);

  const admin = new Kafka({
    brokers: cluster.bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
  }).admin();
  await admin.connect();
  const plain: number[] = [];
  for (let index = 0; index < 10; index++) {
    const asked = performance.now();
    await admin.fetchTopicMetadata();
    plain.push(performance.now() - asked);
  }
  await admin.disconnect();
  rows.push(['kafkajs fetchTopicMetadata of the same cluster, median', `${median(plain).toFixed(0)} ms`]);
  console.log(table([`${topicCount} topics × ${partitionCount} on ${kind}`, 'Kafdeck'], rows));
  await kafdeck.close();
} finally {
  await cluster.close();
  rmSync(dataDir, { recursive: true, force: true });
}

function addressesOf(url: string) {
  const api = `${url}/api/v1/clusters/default`;
  return { page: `${url}/clusters/default`, overview: `${api}/overview`, topics: `${api}/topics?limit=50` };
}

/** Starts the console and looks at once: milliseconds since the start of its process at each of FIRST_VIEWS. */
async function startAndView(): Promise<{ kafdeck: Console; times: number[] }> {
  const started = performance.now();
  const kafdeck = await startConsole('bench', {
    PORT: String(await freePortBlock(1)),
    KAFDECK_BROKERS: cluster.bootstrapServers,
    KAFDECK_DATA_DIR: dataDir,
  });
  const times = [performance.now() - started];
  const { page, overview, topics } = addressesOf(kafdeck.url);
  for (const url of [page, overview, topics]) {
    await timeGet(url);
    times.push(performance.now() - started);
  }
  return { kafdeck, times };
}
