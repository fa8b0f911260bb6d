import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageQuery, messageSearchBody } from '../../lib/contract/message-query.ts';
import { type Message, type MessageEnd, type MessageLine, messageLine } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { readMessages } from './read-messages.ts';
import { scanPool } from './scan/scan-pool.ts';
import { searchMessages } from './search-messages.ts';
import { FakeLogs } from './testing/fake-logs.ts';
import { type KnownLog, type KnownRecord, randomLog } from './testing/random-log.ts';

const PARTITIONS = { orders: 3, payments: 2 };

let fake: FakeLogs;
let console: Console;

beforeAll(async () => {
  fake = new FakeLogs(PARTITIONS.orders, { payments: PARTITIONS.payments });
  await fake.cluster.start();
  for (const broker of fake.cluster.brokers) broker.delayMs = 0;
  console = connectedTo(fake.cluster.bootstrapServers);
  await console.snapshots.current();
}, 60_000);

afterAll(async () => {
  await scanPool().close();
  await console.close();
  await fake.cluster.stop();
});

interface Page {
  messages: Message[];
  end: MessageEnd;
  /** No partition was late, so that none was left behind. */
  isSwift: boolean;
}

async function pageOf(lines: Promise<AsyncIterable<Unspoken<MessageLine>>>): Promise<Page> {
  const began = performance.now();
  const messages: Message[] = [];
  let end: MessageEnd | undefined;
  for await (const line of await lines) {
    const told = messageLine.parse(asSent(line));
    if (told.type === 'message') messages.push(told);
    else if (told.type === 'end') end = told;
  }
  return { messages, end: end!, isSwift: performance.now() - began < 900 };
}

type Logs = Record<string, readonly KnownLog[]>;

/** What the logs hold that is wanted, as `topic-partition@offset`. */
function wantedOf(logs: Logs, wants: (record: KnownRecord) => boolean, isCommitted: boolean): string[] {
  return Object.entries(logs).flatMap(([topic, partitions]) =>
    partitions.flatMap(({ batches }, partition) =>
      batches
        .filter(({ isControl, transaction }) => !isControl && !(isCommitted && transaction === 'aborted'))
        .flatMap(({ records }) => records.filter(wants))
        .map(({ offset }) => `${topic}-${partition}@${offset}`),
    ),
  );
}

function load(logs: Logs): void {
  for (const [topic, partitions] of Object.entries(logs)) {
    for (const [partition, { batches, aborted }] of partitions.entries()) {
      const log = fake.logsOf(topic)[partition]!;
      log.clear();
      for (const { bytes, baseOffset } of batches) log.appendBytes(bytes, baseOffset, []);
      log.aborted = [...aborted];
    }
  }
}

const intact = randomLog({ corrupts: false });
const partitionsOf = (count: number) => fc.array(intact, { minLength: count, maxLength: count });
const logs = fc.record({
  orders: partitionsOf(PARTITIONS.orders),
  payments: partitionsOf(PARTITIONS.payments),
});
const order = fc.constantFrom('oldest' as const, 'newest' as const);
const limits = fc.infiniteStream(fc.integer({ min: 1, max: 30 }));
const nextLimit = (stream: Iterator<number>) => stream.next().value as number;

function checkPages(
  pages: readonly Page[],
  wanted: readonly string[],
  name: (message: Message) => string,
): void {
  const all = pages.flatMap(({ messages }) => messages);
  const names = all.map(name);
  expect(new Set(names).size, 'nothing comes twice').toBe(names.length);
  expect(names.toSorted()).toEqual(wanted.toSorted());
  expect(pages.flatMap(({ end }) => end.problems)).toEqual([]);
}

/** Within a partition always; across partitions where times ascend in each. */
function checkOrder(pages: readonly Page[], isNewest: boolean, isByTime: boolean): void {
  const all = pages.flatMap(({ messages }) => messages);
  const sign = isNewest ? -1 : 1;
  for (const mine of Map.groupBy(all, ({ topic, partition }) => `${topic}-${partition}`).values()) {
    const offsets = mine.map(({ offset }) => offset);
    expect(offsets).toEqual(offsets.toSorted((one, other) => sign * (one - other)));
  }
  if (!isByTime || !pages.every(({ isSwift }) => isSwift)) return;
  const times = all.map(({ timestamp }) => Date.parse(timestamp!));
  expect(times).toEqual(times.toSorted((one, other) => sign * (one - other)));
}

const offsetsOf = (next: Record<string, number>) =>
  `offsets:${Object.entries(next)
    .map(([partition, offset]) => `${partition}=${offset}`)
    .join(',')}`;

const TESTS = {
  all: { query: {}, wants: () => true },
  text: { query: { search: 'needle' }, wants: ({ value }: KnownRecord) => value.includes('needle') },
  'text in headers or so': {
    query: { search: 'NEEDLE', minSize: 10 },
    wants: ({ value, offset }: KnownRecord) =>
      value.includes('needle') && value.length + `k${offset}`.length >= 10,
  },
  expression: { query: { filter: 'offset % 3 == 1' }, wants: ({ offset }: KnownRecord) => offset % 3 === 1 },
};

describe.each(Object.entries(TESTS))('read in pages, %s', (_, { query, wants }) => {
  it('a topic gives everything once and in order, from either end', async () => {
    await fc.assert(
      fc.asyncProperty(logs, order, limits, fc.boolean(), async (known, first, sizes, isCommitted) => {
        load(known);
        const isolation = isCommitted ? 'committed' : 'uncommitted';
        const wanted = wantedOf({ orders: known.orders }, wants, isCommitted);
        const pages: Page[] = [];
        let at: Record<string, string> = {};
        for (let count = 0; count < 300; count++) {
          const asked = {
            from: 'earliest',
            order: first,
            limit: nextLimit(sizes),
            isolation,
            ...query,
            ...at,
          };
          const signal = new AbortController().signal;
          const page = await pageOf(readMessages(console, 'orders', messageQuery.parse(asked), signal));
          pages.push(page);
          if (page.end.reason !== 'limit') break;
          at =
            first === 'oldest'
              ? { from: offsetsOf(page.end.nextFrom) }
              : { until: offsetsOf(page.end.nextUntil!) };
        }
        expect(pages.at(-1)!.end.reason).toBe('end-of-log');
        checkPages(pages, wanted, ({ partition, offset }) => `orders-${partition}@${offset}`);
        checkOrder(pages, first === 'newest', known.orders.every(ascends));
      }),
      { numRuns: 15, endOnFailure: true },
    );
  }, 60_000);

  it('several topics give everything once and in order, from either end', async () => {
    await fc.assert(
      fc.asyncProperty(logs, order, limits, async (known, first, sizes) => {
        load(known);
        const pages: Page[] = [];
        let at: Record<string, unknown> = {};
        for (let count = 0; count < 300; count++) {
          const topics = ['orders', 'payments'];
          const body = { topics, from: 'earliest', order: first, limit: nextLimit(sizes), ...query, ...at };
          const signal = new AbortController().signal;
          const page = await pageOf(searchMessages(console, messageSearchBody.parse(body), signal));
          pages.push(page);
          if (page.end.reason !== 'limit') break;
          at = first === 'oldest' ? { from: page.end.next } : { until: page.end.next };
        }
        expect(pages.at(-1)!.end.reason).toBe('end-of-log');
        checkPages(
          pages,
          wantedOf(known, wants, false),
          ({ topic, partition, offset }) => `${topic}-${partition}@${offset}`,
        );
        checkOrder(pages, first === 'newest', Object.values(known).flat().every(ascends));
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 60_000);
});

function ascends({ batches }: KnownLog): boolean {
  const times = batches.flatMap(({ records }) => records.map(({ timestamp }) => timestamp));
  return times.every((time, index) => time >= 0 && (index === 0 || time >= times[index - 1]!));
}
