import { afterAll, beforeAll, expect, it } from 'vitest';
import { messageQuery } from '../../../lib/contract/message-query.ts';
import { type MessageEnd, messageLine } from '../../../lib/contract/messages.ts';
import { asSent } from '../../../lib/i18n/sentences/testing/as-sent.ts';
import { encodeRecordBatch } from '../../protocol/records/record-batch.ts';
import { type Console, connectedTo } from '../../snapshot/testing/fake-console.ts';
import { readMessages } from '../read-messages.ts';
import { EndlessLogs } from '../testing/endless-logs.ts';
import { scanPool } from './scan-pool.ts';

const MB = 1024 * 1024;
const RECORDS = 1000;
const VALUE_BYTES = 1000;
const PARTITIONS = 3;
/** What a batch holds, all partitions taken together. */
const ROUND_BYTES = PARTITIONS * RECORDS * VALUE_BYTES;

const SIZES = { huge: 22e9, folded: 500e6, plain: 300e6 };

const batchOf = (compression: 'none' | 'zstd') =>
  encodeRecordBatch({
    compression,
    records: Array.from({ length: RECORDS }, (_, index) => ({
      value: `${index} `.padEnd(VALUE_BYTES, 'hay '),
      timestamp: 1000 + index,
    })),
  });

/** As many times as it takes to hold so much. */
const holding = (bytes: number) => Math.ceil(bytes / ROUND_BYTES);
const topic = (name: string, compression: 'none' | 'zstd', bytes: number) => ({
  name,
  partitions: PARTITIONS,
  batch: batchOf(compression),
  times: holding(bytes),
});

let logs: EndlessLogs;
let console: Console;

beforeAll(async () => {
  logs = new EndlessLogs([
    topic('warm', 'zstd', 50e6),
    topic('huge', 'zstd', SIZES.huge),
    topic('folded', 'zstd', SIZES.folded),
    topic('plain', 'none', SIZES.plain),
  ]);
  await logs.cluster.start();
  console = connectedTo(logs.cluster.bootstrapServers);
  await console.snapshots.current();
  await search('warm', { search: 'needle' });
}, 60_000);

afterAll(async () => {
  await scanPool().close();
  await console.close();
  await logs.cluster.stop();
});

/** How it ended, and by how many MB the memory of this process, brokers and all, has grown at most meanwhile. */
async function search(name: string, query: object): Promise<{ end: MessageEnd; grownMb: number }> {
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  const wanted = messageQuery.parse({ from: 'earliest', ...query });
  let end: MessageEnd | null = null;
  for await (const line of await readMessages(console, name, wanted, new AbortController().signal)) {
    const told = messageLine.parse(asSent(line));
    if (told.type === 'end') end = told;
  }
  clearInterval(watch);
  return { end: end!, grownMb: (most - before) / MB };
}

it.each([
  ['22 GB are passed over by time', 'huge' as const, { search: 'needle', from: 'timestamp:2026-01-01' }],
  ['500 MB are unfolded and searched', 'folded' as const, { search: 'needle' }],
  ['300 MB that are not compressed are searched', 'plain' as const, { search: 'needle' }],
])('memory stays as it is while %s', { timeout: 120_000 }, async (_, name, query) => {
  const { end, grownMb } = await search(name, query);
  const times = holding(SIZES[name]);
  expect(end).toMatchObject({ reason: 'end-of-log', matched: 0, problems: [] });
  expect(end.scanned).toBe(times * PARTITIONS * RECORDS);
  expect(grownMb).toBeLessThan(150);
});
