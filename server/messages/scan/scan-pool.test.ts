import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageQuery } from '../../../lib/contract/message-query.ts';
import {
  type Message,
  type MessageEnd,
  type MessageProgress,
  messageLine,
} from '../../../lib/contract/messages.ts';
import { asSent } from '../../../lib/i18n/sentences/testing/as-sent.ts';
import { lasting } from '../../lasting.ts';
import { encodeRecordBatch } from '../../protocol/records/record-batch.ts';
import { type Console, connectedTo } from '../../snapshot/testing/fake-console.ts';
import { readMessages } from '../read-messages.ts';
import { EndlessLogs } from '../testing/endless-logs.ts';
import { FakeLogs } from '../testing/fake-logs.ts';
import { ScanPool } from './scan-pool.ts';

/** `(x+)+y` tries every way to divide so many of them up before it gives up. */
const ASTRAY = { regex: '(x+)+y' };
const LEADS_ASTRAY = `y${'x'.repeat(40)}`;

/** A thread takes its time to start on a busy machine. */
const PATIENT = { timeout: 15_000 };

let console: Console;
let pool: ScanPool;
let cleanUp: () => Promise<void>;

function useThreads(options: ConstructorParameters<typeof ScanPool>[0]): void {
  pool = new ScanPool(options);
  (globalThis as unknown as Record<symbol, unknown>)[Symbol.for('kafdeck.scans')] = undefined;
  lasting('scans', () => pool);
}

async function connect(cluster: FakeLogs['cluster']): Promise<void> {
  await cluster.start();
  console = connectedTo(cluster.bootstrapServers);
  await console.snapshots.current();
  cleanUp = async () => {
    await pool.close();
    await console.close();
    await cluster.stop();
  };
}

beforeEach(() => useThreads({ width: 1, budgetMs: 500 }));
afterEach(() => cleanUp());

/** A search that is read on as far as the test wants. */
class Searching {
  readonly messages: Message[] = [];
  readonly stop = new AbortController();
  progress: MessageProgress | null = null;
  end: MessageEnd | null = null;
  #lines: AsyncIterator<unknown> | null = null;
  readonly #topic: string;
  readonly #query: object;

  constructor(topic: string, query: object) {
    this.#topic = topic;
    this.#query = query;
  }

  /** Until there are so many messages, or it has ended. */
  async until(count: number): Promise<this> {
    const query = messageQuery.parse({ from: 'earliest', limit: 10_000, ...this.#query });
    this.#lines ??= (await readMessages(console, this.#topic, query, this.stop.signal))[
      Symbol.asyncIterator
    ]();
    while (this.messages.length < count) {
      const { value, done } = await this.#lines.next();
      if (done) break;
      const told = messageLine.parse(asSent(value));
      if (told.type === 'message') this.messages.push(told);
      else if (told.type === 'progress') this.progress = told;
      else this.end = told;
    }
    return this;
  }

  toItsEnd(): Promise<this> {
    return this.until(Number.POSITIVE_INFINITY);
  }
}

const offsets = ({ messages }: Searching) => messages.map(({ offset }) => offset);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** More messages than may be under way to who reads, and behind them one that leads a regular expression astray. */
async function startWithTrap(count: number, trap: string): Promise<FakeLogs> {
  const fake = new FakeLogs(2);
  await connect(fake.cluster);
  for (let at = 0; at < count; at += 100)
    fake.logs[0]!.append(upTo(Math.min(100, count - at)).map((index) => ({ value: `needle ${at + index}` })));
  fake.logs[1]!.append([{ value: trap }]);
  return fake;
}

describe('a record whose test does not end', { timeout: 60_000 }, () => {
  it('ends its scan with the reason, and leaves the other one in the thread without loss or repetition', async () => {
    await startWithTrap(3000, LEADS_ASTRAY);
    const other = await new Searching('orders', { search: 'needle' }).until(10);
    const astray = await new Searching('orders', ASTRAY).toItsEnd();
    expect(astray.end).toMatchObject({
      reason: 'failed',
      nextFrom: { 1: 0 },
      problems: [{ code: 'invalid_request', detail: 'Testing a single message took longer than 0.5 s' }],
    });
    await other.toItsEnd();
    expect(offsets(other)).toEqual(upTo(3000));
    expect(other.end).toMatchObject({
      reason: 'end-of-log',
      scanned: 3001,
      matched: 3000,
      sent: 3000,
      problems: [],
    });
  });

  it('leaves one that follows following', async () => {
    const fake = await startWithTrap(200, LEADS_ASTRAY);
    const other = await new Searching('orders', { search: 'needle', follow: true }).until(200);
    await new Searching('orders', ASTRAY).toItsEnd();
    fake.logs[0]!.append([{ value: 'needle, new' }]);
    await other.until(201);
    expect(offsets(other)).toEqual(upTo(201));
    other.stop.abort();
    expect((await other.toItsEnd()).end).toMatchObject({
      reason: 'cancelled',
      sent: 201,
      nextFrom: { 0: 201 },
    });
  });

  it('keeps what was unreadable told by a scan that goes on elsewhere', async () => {
    const fake = await startWithTrap(2000, LEADS_ASTRAY);
    const first = fake.logs[0]!.batches[0]!.bytes;
    first[first.length - 2]! ^= 1;
    const other = await new Searching('orders', { search: 'needle' }).until(10);
    await new Searching('orders', ASTRAY).toItsEnd();
    await other.toItsEnd();
    expect(offsets(other)).toEqual(upTo(2000).slice(100));
    expect(other.end?.problems).toMatchObject([{ detail: expect.stringContaining('Offsets 0 to 99') }]);
  });
});

describe('a thread that runs out of memory', { timeout: 60_000 }, () => {
  it('fails the scan that needed it, and no other', async () => {
    useThreads({ width: 1, heapMb: 64 });
    const errors: string[] = [];
    pool.onError = (name) => errors.push(name);
    const fake = await startWithTrap(100, `[${'{},'.repeat(1_000_000)}{}]`);
    const other = new Searching('orders', { search: 'needle', follow: true });
    const ended = other.toItsEnd();
    await expect.poll(() => other.messages.length, PATIENT).toBe(100);
    const hungry = await new Searching('orders', {
      filter: 'value.size() == 7',
      valueSerde: 'json',
    }).toItsEnd();
    expect(hungry.end).toMatchObject({
      reason: 'failed',
      problems: [{ code: 'internal', detail: 'What searched the messages has ended unexpectedly' }],
    });
    fake.logs[0]!.append([{ value: 'needle, new' }]);
    await expect.poll(() => offsets(other), PATIENT).toEqual(upTo(101));
    other.stop.abort();
    await ended;
    expect(other.end).toMatchObject({ reason: 'cancelled', problems: [] });
    expect(new Set(errors)).toEqual(new Set(['ERR_WORKER_OUT_OF_MEMORY']));
  });
});

describe('beside a scan that goes on and on', { timeout: 60_000 }, () => {
  const batch = encodeRecordBatch({
    records: upTo(1000).map((index) => ({ value: `{"total": ${index}}`, timestamp: index })),
  });
  const ENDLESS = { filter: 'value.total < 0' };
  let logs: EndlessLogs;

  beforeEach(async () => {
    logs = new EndlessLogs([
      { name: 'endless', partitions: 3, batch, times: 1_000_000 },
      { name: 'short', partitions: 1, batch, times: 20 },
    ]);
    await connect(logs.cluster);
  });

  it('another has its turns', async () => {
    const endless = new Searching('endless', ENDLESS);
    const ended = endless.toItsEnd();
    await expect.poll(() => endless.progress?.scanned ?? 0, PATIENT).toBeGreaterThan(0);
    const began = performance.now();
    const short = await new Searching('short', { filter: 'value.total == 999' }).toItsEnd();
    expect(short.end).toMatchObject({ reason: 'end-of-log', scanned: 20_000, matched: 20 });
    expect(performance.now() - began).toBeLessThan(5000);
    expect(endless.end).toBeNull();
    endless.stop.abort();
    await ended;
  });

  it('cancelling it takes less than 100 ms, says where it was, and leaves the threads idle', async () => {
    const endless = new Searching('endless', ENDLESS);
    const ended = endless.toItsEnd();
    await expect.poll(() => endless.progress?.scanned ?? 0, PATIENT).toBeGreaterThan(0);
    const began = performance.now();
    endless.stop.abort();
    await ended;
    expect(performance.now() - began).toBeLessThan(100);
    const { reason, nextFrom, scanned } = endless.end!;
    expect(reason).toBe('cancelled');
    expect(Object.values(nextFrom).reduce((sum, offset) => sum + offset, 0)).toBeGreaterThanOrEqual(scanned);
    await expectIdle();
  });

  it('nothing goes on when its reader goes away', async () => {
    const query = messageQuery.parse({ from: 'earliest', ...ENDLESS });
    const lines = (await readMessages(console, 'endless', query, new AbortController().signal))[
      Symbol.asyncIterator
    ]();
    await lines.next();
    const waiting = lines.next();
    await expect.poll(() => logs.fetches, PATIENT).toBeGreaterThan(3);
    await lines.return?.();
    await waiting;
    await expectIdle();
  });

  it('closing the threads ends it and lets no other begin', async () => {
    const endless = new Searching('endless', ENDLESS);
    const ended = endless.toItsEnd();
    await expect.poll(() => endless.progress?.scanned ?? 0, PATIENT).toBeGreaterThan(0);
    await pool.close();
    await ended;
    expect(endless.end).toMatchObject({ reason: 'failed', problems: [{ code: 'unavailable' }] });
    expect((await new Searching('short', ENDLESS).toItsEnd()).end).toMatchObject({ reason: 'failed' });
  });

  /** Nothing is asked of the brokers any more. */
  async function expectIdle(): Promise<void> {
    let before = -1;
    await expect
      .poll(
        () => {
          const isIdle = logs.fetches === before;
          before = logs.fetches;
          return isIdle;
        },
        { interval: 150, timeout: 3000 },
      )
      .toBe(true);
  }
});
