import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpointUrl } from '../../lib/contract/client.ts';
import { type ExportedMessage, exportedMessage } from '../../lib/contract/exported-messages.ts';
import type { ResendPlan, ResendRequest } from '../../lib/contract/resend.ts';
import { type SendingEnd, type SendingLine, sendingLine } from '../../lib/contract/sending.ts';
import { ask, askLines, request } from '../harness/api.ts';
import { uniqueName } from '../harness/names.ts';
import { eventually, underTest } from '../harness/under-test.ts';

const kafka = new Kafka({ brokers: underTest.bootstrapServers.split(','), logLevel: logLevel.NOTHING });
const topics: string[] = [];

async function newTopic(purpose: string, partitionCount = 3, configs: Record<string, string> = {}) {
  const name = uniqueName(purpose);
  const lasting = { 'retention.ms': '-1', 'message.timestamp.before.max.ms': '9223372036854775807' };
  await ask('createTopic', {
    body: { name, partitionCount, replicationFactor: 3, configs: { ...lasting, ...configs } },
  });
  topics.push(name);
  return name;
}

async function endOf(lines: Promise<unknown[]>): Promise<SendingEnd> {
  const end = (await lines).at(-1) as SendingEnd;
  expect(end.type).toBe('end');
  return end;
}

const produceMany = (topic: string, body: object) =>
  endOf(askLines('produceMany', { params: { topic }, body }));
const resend = (body: ResendRequest) => endOf(askLines('resendMessages', { body }));
const previewResend = async (body: ResendRequest) =>
  (await askLines('previewResend', { body })).at(-1) as ResendPlan;
const importLines = (topic: string, text: string, query: Record<string, unknown> = {}) =>
  askLines('importMessages', {
    params: { topic },
    query,
    body: new Blob([text], { type: 'application/x-ndjson' }),
  });

async function exported(topic: string, query: Record<string, unknown> = {}): Promise<ExportedMessage[]> {
  const response = await request('exportMessages', { params: { topic } as never, query: query as never });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-disposition')).toContain(`filename="${topic}-`);
  const lines = (await response.text()).split('\n').filter(Boolean);
  const messages = lines.map((line) => JSON.parse(line) as ExportedMessage);
  for (const message of messages.slice(0, 100)) exportedMessage.parse(message);
  return messages;
}

/** What another client than the console reads, byte by byte. */
async function readByKafkajs(topic: string, count: number) {
  const consumer = kafka.consumer({ groupId: uniqueName('reader') });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const read: { key: Buffer | null; value: Buffer | null; headers: object; timestamp: string }[] = [];
  await consumer.run({
    eachMessage: async ({ message: { key, value, headers = {}, timestamp } }) => {
      read.push({ key, value, headers, timestamp });
    },
  });
  try {
    await eventually(`${count} messages are read`, async () => read.length >= count);
  } finally {
    await consumer.disconnect();
  }
  return read;
}

afterAll(async () => {
  for (const topic of topics) await request('deleteTopic', { params: { topic } as never });
});

describe('a series of messages', () => {
  it('is made of a template and held to its rate', async () => {
    const topic = await newTopic('series');
    const begun = performance.now();
    const end = await produceMany(topic, {
      key: { data: 'k-{{counter start=10 step=5}}' },
      value: { data: '{"id":"{{uuid}}","of":"{{key}}","n":{{int 1 6}}}' },
      headers: [{ key: 'who', value: { data: '{{name}}' } }],
      count: 120,
      rate: 60,
    });
    expect(performance.now() - begun).toBeGreaterThan(1900);
    expect(end).toMatchObject({ reason: 'done', acknowledged: 120, refused: 0, problems: [] });
    const read = await exported(topic);
    const keys = read.map(({ key }) => key).sort();
    expect(keys).toEqual(Array.from({ length: 120 }, (_, n) => `k-${10 + 5 * n}`).sort());
    const values = read.map(({ value }) => JSON.parse(value as string));
    expect(new Set(values.map(({ id }) => id)).size).toBe(120);
    for (const [index, { of, n }] of values.entries()) {
      expect(of).toBe(read[index]!.key);
      expect(n).toBeGreaterThanOrEqual(1);
      expect(n).toBeLessThanOrEqual(6);
    }
    expect(end.ranges.reduce((sum, { count }) => sum + count, 0)).toBe(120);
  });

  it('reaches other clients in the order of each key, compressed', async () => {
    const topic = await newTopic('series-order');
    const end = await produceMany(topic, {
      key: { data: '{{int 1 5}}' },
      value: { data: '{{counter}}' },
      count: 3000,
      compression: 'zstd',
    });
    expect(end.acknowledged).toBe(3000);
    const byKey = Map.groupBy(await exported(topic), ({ key }) => key);
    for (const messages of byKey.values()) {
      const numbers = messages.map(({ value }) => Number(value));
      expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    }
  });

  it('is cancelled by its id, and tells how far it came', async () => {
    const topic = await newTopic('series-cancel');
    const response = await request('produceMany', {
      params: { topic } as never,
      body: { value: { data: '{{counter}}' }, count: 100_000, rate: 500 },
    });
    const end = await cancelledEnd(response, ({ acknowledged }) => acknowledged > 50);
    expect(end).toMatchObject({ reason: 'cancelled', unsent: 0, unknown: 0 });
    expect(end.next).toEqual({ index: end.acknowledged });
    expect(await exported(topic)).toHaveLength(end.acknowledged);
  });

  it('ends when the one who asked goes away', async () => {
    const topic = await newTopic('series-gone');
    const stop = new AbortController();
    const params = { cluster: underTest.clusterId, topic };
    const url = endpointUrl({ method: 'POST', path: PRODUCE_MANY }, { params });
    const response = await fetch(underTest.consoleUrl + url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ value: { data: 'v' }, count: 100_000, rate: 200 }),
      signal: stop.signal,
    });
    await response.body!.getReader().read();
    await eventually('some are written', async () => (await exported(topic)).length > 20);
    stop.abort();
    let last = -1;
    await eventually('no more come', async () => {
      const before = last;
      last = (await exported(topic)).length;
      await new Promise((resume) => setTimeout(resume, 500));
      return last === before;
    });
    expect(last).toBeLessThan(20_000);
  });

  it('tells the place of a mistake', async () => {
    const topic = await newTopic('series-mistake');
    const response = await request('produceMany', {
      params: { topic } as never,
      body: { value: { data: '{\n"n": {{int 1}}}' }, count: 5 },
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ field: 'value.data', at: { line: 2, column: 8, length: 5 } }],
    });
    expect(await exported(topic)).toEqual([]);
  });
});

const PRODUCE_MANY = '/v1/clusters/{cluster}/topics/{topic}/messages/batch';

/** Reads a sending's stream, cancels it once it is far enough, and gives its last line. */
async function cancelledEnd(
  response: Response,
  isFarEnough: (line: Extract<SendingLine, { type: 'progress' }>) => boolean,
): Promise<SendingEnd> {
  expect(response.status).toBe(200);
  let text = '';
  let isCancelled = false;
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const lines = text.split('\n').slice(0, -1);
    text = text.slice(text.lastIndexOf('\n') + 1);
    for (const line of lines.map((one) => sendingLine.parse(JSON.parse(one)))) {
      if (line.type === 'end') return line;
      if (isCancelled || !isFarEnough(line)) continue;
      isCancelled = true;
      await ask('cancelSending', { params: { sending: line.id } });
    }
  }
  throw new Error('The stream ended without a last line');
}

describe('sending again', () => {
  const odd = [
    {
      key: Buffer.from([0xff, 0x00, 0xfe]),
      value: Buffer.from([0xc3, 0x28]),
      headers: { h: Buffer.from([0x80]) },
    },
    { key: Buffer.from('text'), value: null, headers: { a: ['1', '2'], b: '' } },
    { key: null, value: Buffer.alloc(0), headers: {} },
    { key: Buffer.from('large'), value: Buffer.alloc(300_000, 'x'), headers: {} },
  ];

  it('keeps every byte', async () => {
    const [from, to] = [await newTopic('again-from'), await newTopic('again-to', 2)];
    const producer = kafka.producer();
    await producer.connect();
    const messages = odd.map((one, index) => ({ ...one, timestamp: String(Date.UTC(2026, 0, 1) + index) }));
    await producer.send({ topic: from, messages });
    await producer.disconnect();
    const end = await resend({
      search: { topics: [from], from: 'earliest' },
      to: { topic: to },
    });
    expect(end).toMatchObject({ reason: 'done', acknowledged: 4, refused: 0 });
    const byTime = (read: Awaited<ReturnType<typeof readByKafkajs>>) =>
      read.toSorted((one, other) => Number(one.timestamp) - Number(other.timestamp));
    expect(byTime(await readByKafkajs(to, 4))).toEqual(byTime(await readByKafkajs(from, 4)));
  });

  it('goes where a header says, of the messages that a search finds', async () => {
    const [one, other] = [await newTopic('origin-one'), await newTopic('origin-other')];
    const letters = await newTopic('letters', 2);
    await produceMany(letters, {
      key: { data: '{{counter}}' },
      value: { data: '{"n":{{counter}},"state":"{{pick failed|failed|fine}}"}' },
      headers: [{ key: 'origin', value: { data: `{{pick ${one}|${other}}}` } }],
      count: 200,
      seed: '000102030405060708090a0b0c0d0e0f',
    });
    const failed = (await exported(letters)).filter(({ value }) => `${value}`.includes('failed'));
    const request: ResendRequest = {
      search: { topics: [letters], from: 'latest', filter: 'value.state == "failed"' },
      to: { topicHeader: 'origin' },
      source: true,
    };
    const plan = await previewResend(request);
    expect(plan).toMatchObject({ operation: 'resend', count: failed.length });
    expect(plan.samples.length).toBe(3);
    // What is written after the preview is not meant.
    await produceMany(letters, {
      value: { data: '{"state":"failed"}' },
      headers: [{ key: 'origin', value: { data: one } }],
      count: 3,
    });
    const end = await resend(plan.request);
    expect(end).toMatchObject({ reason: 'done', acknowledged: failed.length, refused: 0 });
    const arrived = [...(await exported(one)), ...(await exported(other))];
    const from = arrived.map(({ headers }) => headers.find(({ key }) => key === 'kafdeck-source')?.value);
    expect(from.toSorted()).toEqual(
      failed.map(({ partition, offset }) => `${letters}-${partition}@${offset}`).toSorted(),
    );
    for (const { topic, headers } of arrived) expect(headers[0]).toEqual({ key: 'origin', value: topic });
  });

  it('is cancelled and gone on with, without a message lost or sent twice', async () => {
    const [from, to] = [await newTopic('many-from', 4), await newTopic('many-to', 3)];
    const count = 60_000;
    expect(
      (await produceMany(from, { key: { data: '{{counter}}' }, value: { data: '{{text 100}}' }, count }))
        .acknowledged,
    ).toBe(count);
    let body: ResendRequest = {
      search: { topics: [from], from: 'earliest' },
      to: { topic: to },
      source: true,
    };
    const response = await request('resendMessages', { body });
    const first = await cancelledEnd(response, ({ acknowledged }) => acknowledged > 0);
    expect(['cancelled', 'done']).toContain(first.reason);
    let sent = first.acknowledged;
    expect((await exported(to)).length).toBe(sent);
    if (first.reason === 'cancelled') {
      expect(first).toMatchObject({ unsent: 0, unknown: 0 });
      body = first.next!.request as ResendRequest;
      const second = await resend(body);
      expect(second).toMatchObject({ reason: 'done', refused: 0 });
      sent += second.acknowledged;
    }
    expect(sent).toBe(count);
    const sources = (await exported(to)).map(({ headers }) => headers[0]!.value);
    expect(new Set(sources).size).toBe(count);
  }, 120_000);

  it('tells what it cannot send, message by message', async () => {
    const [from, to] = [
      await newTopic('refused-from', 2),
      await newTopic('refused-to', 1, { 'cleanup.policy': 'compact' }),
    ];
    await produceMany(from, { key: { data: 'k' }, value: { data: 'v' }, count: 2 });
    await produceMany(from, { key: null, value: { data: 'v' }, count: 3 });
    const body: ResendRequest = { search: { topics: [from], from: 'earliest' }, to: { topic: to } };
    expect((await previewResend(body)).warnings.map(({ code }) => code)).toContain('refused-messages');
    const end = await resend(body);
    expect(end).toMatchObject({ reason: 'done', acknowledged: 2, refused: 3 });
    for (const failure of end.failures) {
      expect(failure).toMatchObject({ state: 'refused', source: { topic: from }, detail: /without a key/ });
    }
  });

  it('sends those that are named, and tells which are not there', async () => {
    const [from, to] = [await newTopic('named-from', 1), await newTopic('named-to', 1)];
    await produceMany(from, { value: { data: '{{counter}}' }, count: 10 });
    const named = [9, 2, 77].map((offset) => ({ topic: from, partition: 0, offset }));
    const end = await resend({ messages: named, to: { topic: to }, keep: { timestamp: false } });
    expect(end).toMatchObject({ acknowledged: 2, refused: 1, failures: [{ source: { offset: 77 } }] });
    expect((await exported(to)).map(({ value }) => value)).toEqual(['3', '10']);
  });
});

describe('export and import', () => {
  it('make the round trip byte by byte', async () => {
    const [from, to] = [await newTopic('trip-from', 2), await newTopic('trip-to', 2)];
    const parts = [null, { data: '' }, { data: '텍스트\n"' }, { encoding: 'base64', data: '/wCA' }] as const;
    let n = 0;
    for (const key of parts) {
      for (const value of parts) {
        await ask('produceMessage', {
          params: { topic: from },
          body: {
            partition: n % 2,
            key,
            value,
            headers: [
              { key: 'h', value },
              { key: 'h', value: key },
            ],
            timestamp: new Date(Date.UTC(2020, 0, 1) + n++).toISOString(),
          },
        });
      }
    }
    const before = await exported(from);
    expect(before).toHaveLength(16);
    expect(before.some(({ key }) => typeof key === 'object' && key !== null)).toBe(true);
    const text = before.map((line) => JSON.stringify(line)).join('\n');
    const end = (await importLines(to, text, { partition: 'same' })).at(-1);
    expect(end).toMatchObject({ type: 'end', reason: 'done', acknowledged: 16, settledUpTo: 16 });
    const after = await exported(to);
    const placed = (messages: ExportedMessage[]) =>
      messages
        .map(({ topic: _, ...message }) => message)
        .toSorted((one, other) => one.partition - other.partition || one.offset - other.offset);
    expect(placed(after)).toEqual(placed(before));
  });

  it('have no limit, and are read back whole', async () => {
    const [from, to] = [await newTopic('large-from', 4), await newTopic('large-to', 4)];
    const count = 25_000;
    await produceMany(from, { key: { data: '{{counter}}' }, value: { data: '{"n":{{counter}}}' }, count });
    const response = await request('exportMessages', { params: { topic: from } as never });
    const file = await response.blob();
    const body = new Blob([file], { type: 'application/x-ndjson' });
    const lines = await askLines('importMessages', { params: { topic: to }, body });
    expect(lines.at(-1)).toMatchObject({ reason: 'done', acknowledged: count, settledUpTo: count });
    const csv = await request('exportMessages', {
      params: { topic: to } as never,
      query: { format: 'csv', columns: 'partition,key,value.n' },
    });
    const [head, ...rows] = (await csv.text()).trimEnd().split('\r\n');
    expect(head).toBe('partition,key,value.n');
    expect(rows).toHaveLength(count);
    const numbers = new Set(rows.map((row) => row.split(',')[2]));
    expect(numbers.size).toBe(count);
    for (const row of rows.slice(0, 100)) expect(row).toMatch(/^\d,(\d+),\1$/);
  }, 120_000);

  it('export what a search finds, as it is asked for', async () => {
    const topic = await newTopic('found', 2);
    await produceMany(topic, {
      key: { data: '{{counter}}' },
      value: { data: '{"n":{{counter}},"note":"=1+{{counter}}"}' },
      count: 50,
    });
    const csv = await request('exportMessages', {
      params: { topic } as never,
      query: { format: 'csv', filter: 'value.n > 48', columns: 'value.note', head: 'false' },
    });
    expect((await csv.text()).split('\r\n').toSorted()).toEqual(['', "'=1+49", "'=1+50"]);
    const text = await request('exportMessages', {
      params: { topic } as never,
      query: { format: 'text', search: '"n":7,', columns: 'key,value.n' },
    });
    expect(await text.text()).toBe('7\t7\n');
    expect(await exported(topic, { from: 'latest', order: 'newest', limit: 3 })).toHaveLength(3);
  });

  it('import no further than the first line that is no message, or leave it out', async () => {
    const topic = await newTopic('lines', 1);
    const text = '{"value":"one"}\n\n{"value":"three"}\nno message\n{"value":"five"}\n';
    expect((await importLines(topic, text)).at(-1)).toMatchObject({
      reason: 'failed',
      acknowledged: 2,
      settledUpTo: 3,
      next: { line: 4 },
      problems: [{ detail: expect.stringContaining('Line 4') }],
    });
    const rest = text.split('\n').slice(3).join('\n');
    expect((await importLines(topic, rest, { firstLine: 4, onError: 'skip' })).at(-1)).toMatchObject({
      reason: 'done',
      acknowledged: 1,
      refused: 1,
      failures: [{ line: 4, state: 'refused' }],
    });
    expect((await exported(topic)).map(({ value }) => value)).toEqual(['one', 'three', 'five']);
  });

  it('look at the first lines without sending them', async () => {
    const topic = await newTopic('look', 1);
    const lines = await importLines(topic, '{"key":"k","value":null}\nnope\n', { dryRun: 'true' });
    expect(lines).toMatchObject([
      { type: 'sample', line: 1, key: { data: 'k' }, value: null },
      { type: 'end', given: 2, refused: 1, acknowledged: 0, failures: [{ line: 2 }] },
    ]);
    expect(await exported(topic)).toEqual([]);
  });

  it('refuse what is no file of lines', async () => {
    const topic = await newTopic('no-lines', 1);
    const response = await request('importMessages', { params: { topic } as never, body: {} as never });
    expect(response.status).toBe(415);
  });
});

describe('deleting records', () => {
  let topic: string;
  beforeAll(async () => {
    topic = await newTopic('deletion', 2);
    for (const partition of [0, 1]) {
      for (let n = 0; n < 4; n++) {
        await ask('produceMessage', {
          params: { topic },
          body: {
            partition,
            value: { data: `${partition}-${n}` },
            timestamp: new Date(Date.UTC(2026, 0, 1, n)).toISOString(),
          },
        });
      }
    }
  });
  const left = async () => (await exported(topic)).map(({ value }) => value).toSorted();

  it('says what goes, then lets exactly that go', async () => {
    const body = { partitions: [0], before: { time: '2026-01-01T02:00:00Z' } };
    const plan = await ask('previewPlan', { body: { operation: 'delete-records', topic, body } });
    expect(plan.deletions).toEqual([{ partition: 0, logStartOffset: 0, beforeOffset: 2, logEndOffset: 4 }]);
    expect(plan.changes[0]).toMatchObject({ before: '4 messages', after: '2 messages' });
    expect(await left()).toHaveLength(8);
    const done = await ask('deleteRecords', { params: { topic }, body: { before: { offsets: { 0: 2 } } } });
    expect(done.items).toEqual([{ topic, partition: 0, ok: true, logStartOffset: 2, error: null }]);
    expect(await left()).toEqual(['0-2', '0-3', '1-0', '1-1', '1-2', '1-3']);
  });

  it('lets all go', async () => {
    const done = await ask('deleteRecords', { params: { topic }, body: { before: 'end' } });
    expect(done.items.map(({ partition, logStartOffset }) => [partition, logStartOffset])).toEqual([
      [0, 4],
      [1, 4],
    ]);
    expect(await left()).toEqual([]);
  });

  it('refuses an offset past the end, and topics that are only compacted', async () => {
    const past = await request('deleteRecords', {
      params: { topic } as never,
      body: { before: { offsets: { 0: 99 } } },
    });
    expect(past.status).toBe(400);
    const compacted = await newTopic('deletion-compacted', 1, { 'cleanup.policy': 'compact' });
    await produceMany(compacted, { key: { data: 'k' }, value: { data: 'v' }, count: 1 });
    const refused = await request('deleteRecords', {
      params: { topic: compacted } as never,
      body: { before: 'end' },
    });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ kafkaError: { name: 'POLICY_VIOLATION' } });
  });
});
