import { afterEach, describe, expect, it } from 'vitest';
import { messageQuery } from '../../lib/contract/message-query.ts';
import {
  type Message,
  type MessageEnd,
  type MessageProgress,
  messageLine,
} from '../../lib/contract/messages.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { ERROR } from '../protocol/errors.ts';
import { type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { readMessages } from './read-messages.ts';
import { FakeLogs } from './testing/fake-logs.ts';
import { oldMessage } from './testing/old-message.ts';

let fake: FakeLogs;
let console: Console;

async function start(partitionCount: number): Promise<void> {
  fake = new FakeLogs(partitionCount);
  await fake.cluster.start();
  console = connectedTo(fake.cluster.bootstrapServers);
  await console.snapshots.current();
}

afterEach(async () => {
  await console.close();
  await fake.cluster.stop();
});

/** A stream that is read on bit by bit. */
async function open(query: Record<string, unknown> = {}, signal = new AbortController().signal) {
  const lines = await readMessages(console, fake.topic, messageQuery.parse(query), signal);
  const messages: Message[] = [];
  const progress: MessageProgress[] = [];
  let end: MessageEnd | undefined;
  const done = (async () => {
    for await (const line of lines) {
      const told = messageLine.parse(asSent(line));
      if (told.type === 'message') messages.push(told);
      else if (told.type === 'progress') progress.push(told);
      else end = told;
    }
    return end!;
  })();
  return { messages, progress, done };
}

async function read(query: Record<string, unknown> = {}) {
  const { messages, progress, done } = await open(query);
  const end = await done;
  return { messages, progress, end, keys: messages.map(({ key }) => key?.data) };
}

const failed = (query: Record<string, unknown>) =>
  read(query).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('from somewhere on', () => {
  it('goes by time across partitions and says how far it is', async () => {
    await start(3);
    fake.fill(0, [10, 40]);
    fake.fill(1, [20, 50]);
    fake.fill(2, [30]);
    const { keys, progress, end } = await read({ from: 'earliest' });
    expect(keys).toEqual(['p0-0', 'p1-0', 'p2-0', 'p0-1', 'p1-1']);
    expect(end).toEqual({
      type: 'end',
      reason: 'end-of-log',
      scanned: 5,
      matched: 5,
      sent: 5,
      nextFrom: { 0: 2, 1: 2, 2: 1 },
      problems: [],
    });
    expect(progress[0]).toMatchObject({ scanned: 0, sent: 0 });
    expect(progress.at(-1)).toMatchObject({
      sent: 5,
      partitions: [
        { partition: 0, position: 2, logStartOffset: 0, logEndOffset: 2 },
        { partition: 1, position: 2 },
        { partition: 2, position: 1 },
      ],
    });
  });

  it('goes on from nextFrom without a gap or a repetition', async () => {
    await start(3);
    for (const partition of [0, 1, 2]) fake.fill(partition, [1, 2, 3, 4, 5, 6, 7]);
    const seen: unknown[] = [];
    let from = 'earliest';
    for (let pages = 0; pages < 20; pages++) {
      const { messages, end } = await read({ from, limit: 4 });
      seen.push(...messages.map(({ partition, offset }) => `${partition}-${offset}`));
      if (end.reason !== 'limit') break;
      from = `offsets:${Object.entries(end.nextFrom)
        .map(([partition, offset]) => `${partition}=${offset}`)
        .join(',')}`;
    }
    expect(seen).toHaveLength(21);
    expect(new Set(seen).size).toBe(21);
  });

  it('reads one partition, from an offset or a time', async () => {
    await start(2);
    fake.fill(0, [10, 20, 30]);
    fake.fill(1, [10, 20, 30]);
    expect((await read({ partition: 1, from: 'offset:1' })).keys).toEqual(['p1-1', 'p1-2']);
    expect((await read({ from: 'timestamp:1970-01-01T00:00:00.025Z' })).keys).toEqual(['p0-2', 'p1-2']);
    expect((await read({ from: 'timestamp:2030-01-01' })).keys).toEqual([]);
  });

  it('takes batches that are larger than its limits, in every partition', async () => {
    await start(4);
    const value = 'x'.repeat(3_000_000);
    for (const log of fake.logs) for (let i = 0; i < 3; i++) log.append([{ value, timestamp: i }]);
    const { messages, end } = await read({ from: 'earliest', maxBytes: 10 });
    expect(messages).toHaveLength(12);
    expect(messages[0]?.value).toMatchObject({ size: 3_000_000, data: 'xxxxxxxxxx', isTruncated: true });
    expect(end.reason).toBe('end-of-log');
  });

  it('does not stand still between the answers of a single broker', async () => {
    await start(1);
    const value = 'x'.repeat(1_100_000);
    for (let index = 0; index < 8; index++) fake.logs[0]!.append([{ value, timestamp: index }]);
    const began = performance.now();
    const { messages } = await read({ from: 'earliest', maxBytes: 10 });
    expect(messages).toHaveLength(8);
    // Each time that nobody asked for more until a timer did took a second.
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('gives every message whole, though the memory of answers is used again and again', async () => {
    await start(3);
    const textOf = (partition: number, index: number) => `p${partition}-${index}-`.repeat(2500);
    for (const [partition, log] of fake.logs.entries()) {
      for (let index = 0; index < 150; index++)
        log.append([{ value: textOf(partition, index), timestamp: index }]);
    }
    for (const query of [{}, { search: '-1' }, { order: 'newest' }, { order: 'newest', search: '-1' }]) {
      const { messages, end } = await read({ from: 'earliest', limit: 1000, ...query });
      expect(end.reason).toBe('end-of-log');
      expect(messages.length).toBe('search' in query ? 3 * 61 : 3 * 150);
      for (const { partition, offset, value } of messages) {
        if (value?.data !== textOf(partition, offset)) expect(value?.data).toBe(textOf(partition, offset));
      }
    }
  });

  it('reads messages of the formats before record batches', async () => {
    await start(1);
    fake.logs[0]!.appendBytes(oldMessage({ offset: 0, magic: 0, key: 'a', value: 'x' }), 0, { length: 1 });
    fake.logs[0]!.appendBytes(oldMessage({ offset: 1, magic: 1, key: 'b', value: 'y', timestamp: 5 }), 1, {
      length: 1,
    });
    const { messages } = await read({ from: 'earliest' });
    expect(messages).toMatchObject([
      { offset: 0, timestamp: null, timestampType: 'none', key: { data: 'a' } },
      { offset: 1, timestamp: '1970-01-01T00:00:00.005Z', timestampType: 'create-time', key: { data: 'b' } },
    ]);
  });

  it('names offsets that it could not read and reads the others', async () => {
    await start(1);
    fake.fill(0, [1, 2, 3]);
    const { bytes } = fake.logs[0]!.batches[1]!;
    bytes[bytes.length - 2]! ^= 1;
    const { keys, end } = await read({ from: 'earliest' });
    expect(keys).toEqual(['p0-0', 'p0-2']);
    expect(end.problems).toMatchObject([{ subject: 'partition orders-0', code: 'internal' }]);
    expect(end.problems[0]?.detail).toMatch(/Offsets 1 to 1 .*checksum/);
  });
});

describe('the newest', () => {
  it('come newest first, merged by time', async () => {
    await start(3);
    fake.fill(0, [10, 60]);
    fake.fill(1, [20, 50, 70]);
    fake.fill(2, [30]);
    const { keys, end, progress } = await read({ limit: 4 });
    expect(keys).toEqual(['p1-2', 'p0-1', 'p1-1', 'p2-0']);
    expect(end).toMatchObject({ reason: 'limit', sent: 4, nextFrom: { 0: 2, 1: 3, 2: 1 }, problems: [] });
    expect(progress.at(-1)?.partitions[1]).toMatchObject({ partition: 1, position: 1, logEndOffset: 3 });
  });

  it('are found behind gaps, however long', async () => {
    await start(1);
    const log = fake.logs[0]!;
    fake.fill(0, [1, 2, 3]);
    log.append([{ offset: 500_000, key: 'late', timestamp: 4 }]);
    log.append([{ offset: 900_000, key: 'marker' }], { isControl: true, isTransactional: true });
    const { keys, end } = await read({ limit: 3 });
    expect(keys).toEqual(['late', 'p0-2', 'p0-1']);
    expect(end).toMatchObject({ reason: 'limit', nextFrom: { 0: 900_001 } });
    expect(fake.fetched.length).toBeLessThan(12);
  });

  it('are all there are when there are fewer', async () => {
    await start(2);
    fake.fill(1, [1, 2]);
    const { keys, end } = await read({ limit: 100 });
    expect(keys).toEqual(['p1-1', 'p1-0']);
    expect(end).toMatchObject({ reason: 'end-of-log', sent: 2 });
  });

  it('are read far back when one partition has them all', async () => {
    await start(6);
    for (let partition = 0; partition < 5; partition++) fake.fill(partition, [1, 2, 3]);
    fake.logs[5]!.append(Array.from({ length: 3000 }, (_, i) => ({ key: `n${i}`, timestamp: 100 + i })));
    const { keys } = await read({ limit: 1000 });
    expect(keys).toEqual(Array.from({ length: 1000 }, (_, i) => `n${2999 - i}`));
  });

  it('come oldest first when followed, then the new ones', async () => {
    await start(2);
    fake.fill(0, [10, 30]);
    fake.fill(1, [20, 40]);
    const stop = new AbortController();
    const { messages, done } = await open({ limit: 3, follow: 'true' }, stop.signal);
    await expect.poll(() => messages.map(({ key }) => key?.data)).toEqual(['p1-0', 'p0-1', 'p1-1']);
    fake.fill(0, [50], 'new');
    await expect.poll(() => messages.at(-1)?.key?.data, { interval: 5, timeout: 1000 }).toBe('new-0');
    stop.abort();
    expect(await done).toMatchObject({
      reason: 'cancelled',
      sent: 4,
      nextFrom: { 0: 3, 1: 2 },
      problems: [],
    });
  });
});

describe('following', () => {
  it('gives what came while it read up to the end that there was', async () => {
    await start(2);
    fake.fill(0, [1, 2, 3]);
    fake.fill(1, [1]);
    let hasGrown = false;
    fake.beforeFetch = (partition) => {
      if (hasGrown || partition !== 0) return;
      hasGrown = true;
      fake.fill(0, [4, 5], 'more');
    };
    const stop = new AbortController();
    const { messages, done } = await open({ from: 'earliest', follow: 'true' }, stop.signal);
    const ofFirst = () => messages.filter((one) => one.partition === 0).map(({ key }) => key?.data);
    await expect.poll(ofFirst).toEqual(['p0-0', 'p0-1', 'p0-2', 'more-0', 'more-1']);
    stop.abort();
    expect(await done).toMatchObject({ reason: 'cancelled', sent: 6, nextFrom: { 0: 5, 1: 1 } });
  });
});

describe('ending', () => {
  it('stops within 100 ms when the signal fires, and leaves nothing running', async () => {
    await start(1);
    const stop = new AbortController();
    const { done } = await open({ follow: 'true' }, stop.signal);
    for (const broker of fake.cluster.brokers) broker.delayMs = 3000;
    await new Promise((resolve) => setTimeout(resolve, 100));
    const began = performance.now();
    stop.abort();
    expect(await done).toMatchObject({ reason: 'cancelled' });
    expect(performance.now() - began).toBeLessThan(100);
    const asked = fake.fetched.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fake.fetched.length).toBe(asked);
  });

  it('stops when the reader goes away while it waits', async () => {
    await start(1);
    const query = messageQuery.parse({ follow: 'true' });
    const lines = (await readMessages(console, fake.topic, query, new AbortController().signal))[
      Symbol.asyncIterator
    ]();
    await lines.next();
    for (const broker of fake.cluster.brokers) broker.delayMs = 3000;
    const waiting = lines.next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const began = performance.now();
    await lines.return?.();
    await waiting;
    expect(performance.now() - began).toBeLessThan(100);
  });

  it('asks for more only as fast as it is read', async () => {
    await start(1);
    const value = 'x'.repeat(100_000);
    for (let i = 0; i < 200; i++) fake.logs[0]!.append([{ value, timestamp: i }]);
    // Named, so that no sample is fetched to find out.
    const serdes = { keySerde: 'text', valueSerde: 'text' };
    const query = messageQuery.parse({ from: 'earliest', limit: 1000, ...serdes });
    const lines = await readMessages(console, fake.topic, query, new AbortController().signal);
    let count = 0;
    for await (const line of lines) {
      if (line.type === 'message' && ++count === 3) break;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(fake.fetched.length).toBeLessThanOrEqual(2);
  });

  it('ends when the topic is deleted', async () => {
    await start(1);
    fake.fill(0, [1]);
    const { done } = await open({ follow: 'true' });
    fake.cluster.topics.delete(fake.topic);
    expect(await done).toMatchObject({
      reason: 'failed',
      nextFrom: {},
      problems: [{ subject: 'topic orders', code: 'not_found' }],
    });
  });
});

describe('brokers that fail', () => {
  it('reads the other partitions when a leader cannot be reached, and names those it cannot', async () => {
    await start(3);
    for (const partition of [0, 1, 2]) fake.fill(partition, [1, 2]);
    await fake.cluster.broker(2).stop();
    const { keys, end, progress } = await read({ from: 'earliest' });
    expect(progress[0]?.problems).toMatchObject([{ subject: 'partition orders-1' }]);
    expect(keys?.sort()).toEqual(['p0-0', 'p0-1', 'p2-0', 'p2-1']);
    expect(end).toMatchObject({
      reason: 'end-of-log',
      nextFrom: { 0: 2, 2: 2 },
      problems: [{ subject: 'partition orders-1', code: 'broker_unreachable' }],
    });
    expect(end.nextFrom).not.toHaveProperty('1');
  });

  it('fails before the stream begins when nothing can be read', async () => {
    await start(1);
    fake.partition(0).leader = -1;
    await console.snapshots.refreshed();
    expect(await failed({ from: 'earliest' })).toMatchObject({ code: 'unavailable', status: 503 });
  });

  it('follows a leader that moves while it reads', async () => {
    await start(1);
    fake.fill(0, [1, 2]);
    const stop = new AbortController();
    const { messages, done } = await open({ from: 'earliest', follow: 'true' }, stop.signal);
    await expect.poll(() => messages.length).toBe(2);
    fake.partition(0).leader = 3;
    fake.fill(0, [3], 'moved');
    await expect.poll(() => messages.at(-1)?.key?.data, { timeout: 3000 }).toBe('moved-0');
    stop.abort();
    expect(await done).toMatchObject({ sent: 3, problems: [] });
  });

  it('goes on at the log start when retention took away what comes next, and says so', async () => {
    await start(1);
    const log = fake.logs[0]!;
    fake.fill(0, [1]);
    const stop = new AbortController();
    const { messages, done } = await open({ from: 'earliest', follow: 'true' }, stop.signal);
    await expect.poll(() => messages.length).toBe(1);
    log.batches = [];
    log.end = 50;
    log.start = 50;
    log.append([{ key: 'after', timestamp: 2 }]);
    await expect.poll(() => messages.at(-1)?.key?.data, { timeout: 3000 }).toBe('after');
    stop.abort();
    const { problems } = await done;
    expect(problems[0]?.detail).toMatch(/Offsets 1 to 49 of partition orders-0 were deleted/);
  });

  it('gives a partition up that is refused for good, and reads the others', async () => {
    await start(2);
    fake.fill(0, [1]);
    fake.fill(1, [1]);
    fake.logs[1]!.errorCode = ERROR.TOPIC_AUTHORIZATION_FAILED;
    const { keys, end } = await read({ from: 'earliest' });
    expect(keys).toEqual(['p0-0']);
    expect(end).toMatchObject({
      reason: 'end-of-log',
      nextFrom: { 0: 1, 1: 0 },
      problems: [{ subject: 'partition orders-1', code: 'forbidden' }],
    });
  });

  it('fails when every partition is refused', async () => {
    await start(1);
    fake.fill(0, [1]);
    fake.logs[0]!.errorCode = ERROR.UNKNOWN_SERVER_ERROR;
    const { end } = await read({ from: 'earliest' });
    expect(end).toMatchObject({ reason: 'failed', sent: 0, nextFrom: { 0: 0 } });
    expect((await read({ from: 'latest' })).end).toMatchObject({ reason: 'failed', problems: [{}] });
  });

  it('takes a partition in that gets a leader while it follows', async () => {
    await start(2);
    fake.fill(0, [1]);
    fake.fill(1, [2]);
    fake.partition(1).leader = -1;
    await console.snapshots.refreshed();
    const stop = new AbortController();
    const { messages, done } = await open({ from: 'earliest', follow: 'true' }, stop.signal);
    await expect.poll(() => messages.map(({ key }) => key?.data)).toEqual(['p0-0']);
    fake.partition(1).leader = 1;
    await expect.poll(() => messages.map(({ key }) => key?.data), { timeout: 5000 }).toContain('p1-0');
    stop.abort();
    expect(await done).toMatchObject({ problems: [] });
  });
});

describe('what a request has wrong', () => {
  it.each([
    [{ partition: 9 }, 404, 'partition'],
    [{ from: 'offsets:9=1' }, 404, 'from'],
    [{ partition: 1, from: 'offsets:0=0' }, 400, 'from'],
    [{ partition: 0, from: 'offset:3' }, 400, 'from'],
    [{ from: 'offset:9223372036854775808' }, 400, 'from'],
    [{ from: 'timestamp:never' }, 400, 'from'],
  ])('%o is refused with %i before the stream begins', async (query, status, field) => {
    await start(2);
    fake.fill(0, [1, 2]);
    expect(await failed(query)).toMatchObject({ status, fields: [{ field }] });
  });

  it('a topic that is not there', async () => {
    await start(1);
    const query = messageQuery.parse({});
    const reading = readMessages(console, 'order', query, new AbortController().signal);
    await expect(reading).rejects.toMatchObject({ code: 'not_found', action: 'Did you mean orders?' });
  });
});
