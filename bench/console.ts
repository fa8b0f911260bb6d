/**
 * The console over many topics: `node bench/console.ts [embedded|kafka] [topics] [partitions]`.
 * Measures the first view after start, warm latency, requests a second with 20 connections, and the server's memory;
 * in the same run the time kafkajs needs for the metadata of the same topics, as the yardstick for ratios.
 */
import { rmSync } from 'node:fs';
import autocannon from 'autocannon';
import { Kafka, logLevel } from 'kafkajs';
import { startConsole } from '../e2e/harness/console.ts';
import { startEmbeddedBroker } from '../e2e/harness/embedded-broker.ts';
import { scratchDir } from '../e2e/harness/folders.ts';
import { freePortBlock } from '../e2e/harness/ports.ts';
import { startRealKafka } from '../e2e/harness/real-kafka.ts';
import { median, percentile, residentMegabytes, table, timeGet, untilQuiet } from './measure.ts';
import { seedTopics } from './seed-topics.ts';

const kind = process.argv[2] === 'kafka' ? 'kafka' : 'embedded';
const topicCount = Number(process.argv[3] ?? 5000);
const partitionCount = Number(process.argv[4] ?? 2);

const cluster = kind === 'kafka' ? await startRealKafka({ heap: '1g' }) : await startEmbeddedBroker();
const dataDir = scratchDir('bench');
try {
  const seeding = performance.now();
  await seedTopics(cluster.bootstrapServers, topicCount, partitionCount);
  console.log(
    `${topicCount} × ${partitionCount} made in ${((performance.now() - seeding) / 1000).toFixed(1)} s`,
  );

  await untilQuiet();

  const started = performance.now();
  const kafdeck = await startConsole('bench', {
    PORT: String(await freePortBlock(1)),
    KAFDECK_BROKERS: cluster.bootstrapServers,
    KAFDECK_DATA_DIR: dataDir,
  });
  const api = `${kafdeck.url}/api/v1/clusters/default`;
  const overview = `${api}/overview`;
  const topics = `${api}/topics?limit=50`;
  const sinceStart = () => `${(performance.now() - started).toFixed(0)} ms`;
  const rows: string[][] = [];
  rows.push(['process start until the address is printed', sinceStart()]);
  await timeGet(`${kafdeck.url}/clusters/default`);
  rows.push(['… until the first page', sinceStart()]);
  await timeGet(overview);
  rows.push(['… until the overview in it', sinceStart()]);
  await timeGet(topics);
  rows.push(['… until the first topics page', sinceStart()]);
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
