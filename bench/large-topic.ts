/**
 * Searching a topic of 20 GB: `node bench/large-topic.ts [gigabytes]`. A broker serves the same batches of JSON again and
 * again, at offsets that go on, uncompressed and as lz4 (of whose bytes fewer travel); the console searches all of it by its
 * HTTP API for a text that is not there, and its memory is watched.
 */
import { rmSync } from 'node:fs';
import { startConsole } from '../e2e/harness/console.ts';
import { BATCH_RECORDS } from '../e2e/harness/fill-topic.ts';
import { scratchDir } from '../e2e/harness/folders.ts';
import { freePortBlock } from '../e2e/harness/ports.ts';
import { EndlessLogs } from '../server/messages/testing/endless-logs.ts';
import { encodeRecordBatch } from '../server/protocol/records/record-batch.ts';
import { PeakMemory, residentMegabytes, table } from './measure.ts';
import { orderOf } from './orders.ts';
import { search } from './search-api.ts';

const bytes = Number(process.argv[2] ?? 20) * 1e9;
const PARTITIONS = 6;
const CODECS = ['none', 'lz4'] as const;

const records = Array.from({ length: BATCH_RECORDS }, (_, index) => ({
  value: orderOf(index, 'nothing to remark'),
  timestamp: Date.now() + index,
}));
/** Of the records, as they are before they are compressed. */
const batchBytes = encodeRecordBatch({ compression: 'none', records }).length;
const topicOf = (codec: string) => `large-${codec}`;
const topics = CODECS.flatMap((compression) => {
  const batch = encodeRecordBatch({ compression, records });
  const times = Math.ceil(bytes / batchBytes / PARTITIONS);
  const topic = { partitions: PARTITIONS, batch };
  return [
    { ...topic, name: topicOf(compression), times },
    { ...topic, name: `warm-${compression}`, times: 1000 },
  ];
});
const logs = new EndlessLogs(topics, 3);
await logs.cluster.start();
const dataDir = scratchDir('bench');
const kafdeck = await startConsole('bench-large', {
  PORT: String(await freePortBlock(1)),
  KAFDECK_BROKERS: logs.cluster.bootstrapServers.join(','),
  KAFDECK_DATA_DIR: dataDir,
});
try {
  const pid = kafdeck.child.process.pid!;
  const urlOf = (topic: string) =>
    `${kafdeck.url}/api/v1/clusters/default/topics/${topic}/messages?from=earliest&search=zebra-crossing`;
  const rows: string[][] = [];
  for (const codec of CODECS) {
    await search(urlOf(`warm-${codec}`));
    const before = residentMegabytes(pid);
    const memory = new PeakMemory(pid);
    const { milliseconds, end } = await search(urlOf(topicOf(codec)));
    const most = memory.end();
    if (end.reason !== 'end-of-log') throw new Error(`ended with ${end.reason}`);
    rows.push([
      codec,
      Math.round(end.scanned).toLocaleString('en-US'),
      `${(milliseconds / 1000).toFixed(1)} s, ${(bytes / milliseconds / 1000).toFixed(0)} MB/s`,
      `${before.toFixed(0)} / ${most.toFixed(0)} MB`,
      `+ ${(most - before).toFixed(0)} MB`,
    ]);
  }
  console.log(
    table(
      [
        `${bytes / 1e9} GB in ${PARTITIONS} partitions`,
        'messages',
        'searched in',
        'memory before / at most',
        'grown',
      ],
      rows,
    ),
  );
} finally {
  await kafdeck.close();
  await logs.cluster.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
