import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message, MessageEnd, MessageLine } from '../../lib/contract/messages.ts';
import { ask, askLines, request } from '../harness/api.ts';
import { uniqueName } from '../harness/names.ts';
import { eventually, underTest } from '../harness/under-test.ts';

const PARTITIONS = 3;
const COUNT = 300;
const topic = uniqueName('search');
const other = uniqueName('search-other');
const start = Date.UTC(2026, 5, 1);
const kafka = new Kafka({ brokers: underTest.bootstrapServers.split(','), logLevel: logLevel.NOTHING });

/** Message `index` of the topic: one a second, partition by partition in turns. */
function messageOf(index: number) {
  const value = {
    orderId: `o-${index}`,
    customer: { id: index % 10, city: index % 7 === 0 ? '서울' : 'Busan' },
    total: index * 1.5,
    big: `B${index}`,
  };
  const text = JSON.stringify(value).replace(`"B${index}"`, `${9007199254740993n + BigInt(index)}`);
  return {
    partition: index % PARTITIONS,
    key: `key-${index % 20}`,
    value: index % 50 === 49 ? null : text,
    headers: { trace: `t-${index}`, ...(index % 100 === 0 ? { urgent: 'yes' } : {}) },
    timestamp: String(start + index * 1000),
  };
}

async function fill(name: string, messages: ReturnType<typeof messageOf>[]): Promise<void> {
  const configs = { 'retention.ms': '-1', 'message.timestamp.before.max.ms': '9223372036854775807' };
  await ask('createTopic', { body: { name, partitionCount: PARTITIONS, replicationFactor: 3, configs } });
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic: name, messages });
  await producer.disconnect();
}

const messages = (lines: MessageLine[]) => lines.filter((line): line is Message => line.type === 'message');
const end = (lines: MessageLine[]) => lines.at(-1) as MessageEnd;
const read = (query: Record<string, unknown>) => askLines('readMessages', { params: { topic }, query });
/** The numbers of what a search finds, in the order that it comes in. */
const indexOf = ({ headers }: Message) => Number(headers[0]!.value!.data.slice(2));
const found = async (query: Record<string, unknown>) =>
  messages(await read({ from: 'earliest', limit: 1000, ...query })).map(indexOf);
const every = (test: (index: number) => boolean) =>
  Array.from({ length: COUNT }, (_, index) => index).filter(test);
const isTombstone = (index: number) => index % 50 === 49;

beforeAll(async () => {
  await fill(
    topic,
    Array.from({ length: COUNT }, (_, index) => messageOf(index)),
  );
  await fill(other, [messageOf(7), messageOf(8)]);
});
afterAll(async () => {
  await ask('deleteTopic', { params: { topic } });
  await ask('deleteTopic', { params: { topic: other } });
});

describe('searching a topic', () => {
  it('finds text in keys, values and headers, with and without case, as a part or a whole word', async () => {
    expect(await found({ search: 'O-12"' })).toEqual([12]);
    expect(await found({ search: 'O-12"', matchCase: true })).toEqual([]);
    expect(await found({ search: '서울' })).toEqual(every((index) => index % 7 === 0 && !isTombstone(index)));
    expect(await found({ search: 'o-1', wholeWord: true })).toEqual([1]);
    expect(await found({ search: 'key-3', in: 'key', wholeWord: true })).toEqual(
      every((index) => index % 20 === 3),
    );
    expect(await found({ search: 't-299', in: 'headers' })).toEqual([299]);
    expect(await found({ search: 't-299', in: 'value' })).toEqual([]);
  });

  it('finds by regular expression, key, header, tombstone and size', async () => {
    expect(await found({ regex: '"o-2[05]0"' })).toEqual([200, 250]);
    expect(await found({ key: 'key-5' })).toEqual(every((index) => index % 20 === 5));
    expect(await found({ header: 'urgent' })).toEqual([0, 100, 200]);
    expect(await found({ header: 'trace=t-77' })).toEqual([77]);
    expect(await found({ tombstones: 'only' })).toEqual(every(isTombstone));
    expect(await found({ maxSize: 6 })).toEqual(every(isTombstone));
    expect(await found({ minSize: 7, key: 'key-9' })).toEqual(
      every((index) => index % 20 === 9 && !isTombstone(index)),
    );
  });

  it('finds by expression, whole numbers beyond 2^53 exactly, and says what it could not be asked about', async () => {
    expect(await found({ filter: 'value.total > 440.0' })).toEqual(
      every((index) => index * 1.5 > 440 && !isTombstone(index)),
    );
    expect(await found({ filter: 'value.big == 9007199254740995' })).toEqual([2]);
    expect(await found({ filter: 'value.customer.id == 4 && value.total < 30.0' })).toEqual([4, 14]);
    expect(await found({ filter: 'partition == 1 && offset >= 98' })).toEqual([295, 298]);
    expect(await found({ filter: 'timestamp >= timestamp("2026-06-01T00:04:57Z")' })).toEqual([
      297, 298, 299,
    ]);
    const lines = await read({ from: 'earliest', filter: 'value.nothing.there == 1' });
    expect(end(lines)).toMatchObject({ reason: 'end-of-log', sent: 0, unevaluated: { count: COUNT } });
  });

  it('shows whole numbers beyond 2^53 as they were written', async () => {
    const [message] = messages(await read({ from: 'earliest', search: '"o-2"' }));
    expect(message?.value?.data).toContain('9007199254740995');
  });

  it('goes by time across partitions, newest first or oldest first', async () => {
    const all = every(() => true);
    expect(await found({ regex: 'o-|^key' })).toEqual(all);
    expect(await found({ regex: 'o-|^key', order: 'newest' })).toEqual(all.toReversed());
    const newest = messages(await read({ key: 'key-5', limit: 3 })).map(indexOf);
    expect(newest).toEqual([285, 265, 245]);
  });

  it('reads a range of time, of offsets, and some partitions', async () => {
    const range = { from: 'timestamp:2026-06-01T00:00:10Z', until: 'timestamp:2026-06-01T00:00:20Z' };
    expect(await found(range)).toEqual(every((index) => index >= 10 && index < 20));
    expect(await found({ ...range, order: 'newest' })).toEqual(
      every((index) => index >= 10 && index < 20).toReversed(),
    );
    expect(await found({ from: 'offset:2', until: 'offset:4', partitions: '0,2' })).toEqual([6, 8, 9, 11]);
    expect(await found({ until: 'offsets:1=2', from: 'earliest' })).toEqual([1, 4]);
  });

  it('goes on where it ended, forward and backward, without a gap or a repetition', async () => {
    const wanted = { search: 'customer', limit: 23 };
    const forward: number[] = [];
    for (let from = 'earliest', more = true; more; ) {
      const lines = await read({ ...wanted, from });
      forward.push(...messages(lines).map(indexOf));
      const { reason, nextFrom } = end(lines);
      more = reason === 'limit';
      from = positionsOf(nextFrom);
    }
    expect(forward.toSorted((a, b) => a - b)).toEqual(every((index) => !isTombstone(index)));
    const backward: number[] = [];
    for (let until: string | undefined, more = true; more; ) {
      const lines = await read({ ...wanted, until });
      backward.push(...messages(lines).map(indexOf));
      const { reason, nextUntil } = end(lines);
      more = reason === 'limit';
      until = positionsOf(nextUntil!);
    }
    expect(backward).toEqual(every((index) => !isTombstone(index)).toReversed());
  });

  it('counts all that it looks at', async () => {
    const lines = await read({ from: 'earliest', search: 'nowhere to be found' });
    expect(end(lines)).toMatchObject({ reason: 'end-of-log', scanned: COUNT, matched: 0, sent: 0 });
    const progress = lines.findLast((line) => line.type === 'progress')!;
    expect(progress).toMatchObject({ scanned: COUNT, remaining: 0 });
    expect((progress as { bytes: number }).bytes).toBeGreaterThan(1000);
  });

  it('follows with a filter: what does not match does not come', async () => {
    const stop = new AbortController();
    const url = `${underTest.consoleUrl}/api/v1/clusters/${underTest.clusterId}/topics/${other}/messages`;
    const response = await fetch(`${url}?from=latest&limit=1&follow=true&filter=value.total>1000.0`, {
      signal: stop.signal,
    });
    let text = '';
    void (async () => {
      for await (const part of response.body!.pipeThrough(new TextDecoderStream())) text += part;
    })().catch(() => {});
    const produce = (data: string) =>
      ask('produceMessage', { params: { topic: other }, body: { partition: 0, value: { data } } });
    await produce('{"total":5,"is":"small"}');
    await produce('{"total":5000,"is":"large"}');
    await eventually('the large one comes', async () => text.includes('large'), 15_000);
    expect(text).not.toContain('small');
    stop.abort();
  });
});

describe('searching several topics', () => {
  it('says which topic each message is of, and where to go on in each', async () => {
    const body = { topics: [topic, other], search: '"o-7"', from: 'earliest', limit: 10 } as const;
    const lines = await askLines('searchMessages', { body });
    expect(messages(lines).map((message) => [message.topic, indexOf(message)])).toEqual(
      expect.arrayContaining([
        [topic, 7],
        [other, 7],
      ]),
    );
    expect(messages(lines)).toHaveLength(2);
    expect(end(lines).next).toMatchObject({ [topic]: { '0': 100, '1': 100, '2': 100 } });
    const { next } = end(lines);
    const rest = await askLines('searchMessages', { body: { ...body, from: next! } });
    expect(messages(rest)).toEqual([]);
  });
});

describe('what cannot be searched for', () => {
  it.each([
    ['filter', { filter: 'value.total >' }],
    ['filter', { filter: 'nonsense == 1' }],
    ['filter', { filter: '1 + 1' }],
    ['regex', { regex: '(' }],
    ['until', { until: 'yesterday' }],
    ['partitions', { partitions: '1,x' }],
    ['valueSerde', { valueSerde: 'klingon' }],
  ])('is refused with the field it is in: %s', async (field, query) => {
    const response = await request('readMessages', { params: { topic } as never, query: query as never });
    expect(response.status).toBe(400);
    const problem = (await response.json()) as { errors: { field: string; message: string }[] };
    expect(problem.errors[0]?.field).toMatch(new RegExp(`^${field}`));
    expect(problem.errors[0]?.message).not.toBe('');
  });

  it('ends a regular expression that never ends, says so, and serves on', async () => {
    await ask('produceMessage', {
      params: { topic: other },
      body: { partition: 1, value: { data: `${'x'.repeat(60)}!` } },
    });
    const query = { from: 'earliest', regex: '^(x+x+)+y$' };
    const lines = await askLines('readMessages', { params: { topic: other }, query });
    const { reason, problems } = end(lines);
    if (reason === 'failed') expect(problems[0]?.detail).toMatch(/longer than/);
    else expect(reason).toBe('end-of-log');
    expect(await found({ key: 'key-5', limit: 1 })).toEqual([5]);
  });
});

const positionsOf = (offsets: Record<string, number>) =>
  `offsets:${Object.entries(offsets)
    .map(([partition, offset]) => `${partition}=${offset}`)
    .join(',')}`;
