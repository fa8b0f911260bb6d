import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageQuery } from '../../lib/contract/message-query.ts';
import { type Message, type MessageEnd, messageLine } from '../../lib/contract/messages.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { compress, compressionCode } from '../protocol/records/compression.ts';
import { encodeRecordBatch } from '../protocol/records/record-batch.ts';
import { type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { readMessages } from './read-messages.ts';
import { scanPool } from './scan/scan-pool.ts';
import { FakeLogs } from './testing/fake-logs.ts';
import { oldMessage } from './testing/old-message.ts';
import { corrupted, tampered, withRecords } from './testing/tampered.ts';

let fake: FakeLogs;
let console: Console;

beforeEach(async () => {
  fake = new FakeLogs(1);
  await fake.cluster.start();
  console = connectedTo(fake.cluster.bootstrapServers);
  await console.snapshots.current();
}, 60_000);

afterEach(async () => {
  await console.close();
  await fake.cluster.stop();
});
afterAll(() => scanPool().close());

async function read(query: object): Promise<{ messages: Message[]; end: MessageEnd }> {
  const messages: Message[] = [];
  let end: MessageEnd | null = null;
  const wanted = messageQuery.parse({ from: 'earliest', ...query });
  for await (const line of await readMessages(console, fake.topic, wanted, new AbortController().signal)) {
    const told = messageLine.parse(asSent(line));
    if (told.type === 'message') messages.push(told);
    else if (told.type === 'end') end = told;
  }
  return { messages, end: end! };
}

/** A message before and one after. */
function putBetween(bytes: Buffer, records = 1): void {
  const log = fake.logs[0]!;
  log.append([{ value: '{"n": "before"}' }]);
  log.appendBytes(bytes, 1, { length: records });
  log.append([{ value: '{"n": "after"}' }]);
}

const bad = (value: Buffer | string = '{"n": "bad"}') =>
  encodeRecordBatch({ baseOffset: 1, records: [{ value }] });
const bomb = (codec: 'gzip' | 'snappy' | 'lz4' | 'zstd') =>
  withRecords(
    tampered(bad(), { attributes: compressionCode(codec) }),
    compress(codec, Buffer.alloc(70 * 1024 * 1024)),
  );

/** Read in the console's own thread, searched by bytes, and searched by what is decoded. */
const WAYS: [string, object][] = [
  ['read', {}],
  ['searched for text', { search: '"n":', matchCase: true }],
  ['searched by an expression', { filter: 'value.n != "x"', valueSerde: 'json' }],
  ['read newest first', { order: 'newest' }],
];

describe.each(WAYS)('a log that is %s', { timeout: 60_000 }, (_, query) => {
  it.each<[string, Buffer, RegExp]>([
    ['has a wrong checksum', corrupted(bad()), /Offsets 1 to 1 .*checksum/],
    ['is of codec 5', tampered(bad(), { attributes: 5 }), /Offsets 1 to 1 .*compression type 5/],
    ['is of codec 6', tampered(bad(), { attributes: 6 }), /Offsets 1 to 1 .*compression type 6/],
    ['is of codec 7', tampered(bad(), { attributes: 7 }), /Offsets 1 to 1 .*compression type 7/],
    ['is a bomb of gzip', bomb('gzip'), /Offsets 1 to 1 .*gzip/],
    ['is a bomb of snappy', bomb('snappy'), /Offsets 1 to 1 .*snappy/],
    ['is a bomb of lz4', bomb('lz4'), /Offsets 1 to 1 .*lz4/],
    ['is a bomb of zstd', bomb('zstd'), /Offsets 1 to 1 .*zstd/],
    ['holds nothing of what it says', withRecords(bad(), Buffer.alloc(0)), /Offsets 1 to 1 .*cut off/],
  ])('goes on behind a batch that %s, and says so', async (_name, batch, told) => {
    putBetween(batch);
    const { messages, end } = await read(query);
    expect(messages.map(({ offset }) => offset).sort()).toEqual([0, 2]);
    expect(end).toMatchObject({ reason: 'end-of-log', sent: 2 });
    // What is looked for cannot be in no bytes, so nobody looks any further.
    if ('search' in query && batch.length === 61) return;
    expect(end.problems).toHaveLength(1);
    expect(end.problems[0]?.detail).toMatch(told);
  });

  it.each<[string, number, RegExp]>([
    ['negative', -5, /no batch at offset 1 .*batch length is -5/],
    ['too short for a header', 20, /no batch at offset 1 .*batch length is 20/],
    ['longer than the log', 2 ** 30, /gives nothing at offset 1, though its log goes to 3/],
  ])('ends at a batch whose length is %s, and says where', async (_name, length, told) => {
    putBetween(tampered(bad(), { length, crc: 0 }));
    const { messages, end } = await read(query);
    // Newest first, the step back that meets it begins before it and cannot get beyond.
    if (!('order' in query)) expect(messages.map(({ offset }) => offset)).toEqual([0]);
    expect(end.reason).toBe('failed');
    expect(end.problems[0]?.detail).toMatch(told);
  });
});

describe('a message', { timeout: 60_000 }, () => {
  const only = async (value: Buffer | string, query: object = {}) => {
    fake.logs[0]!.append([{ value }]);
    const { messages, end } = await read(query);
    expect(end).toMatchObject({ reason: 'end-of-log', problems: [] });
    return messages;
  };

  it('that is not UTF-8 is told as bytes, and found by what is readable in it', async () => {
    const value = Buffer.concat([Buffer.from('needle '), Buffer.from([0xff, 0xfe, 0xc3])]);
    const [message] = await only(value, { search: 'needle', valueSerde: 'text' });
    expect(message?.value).toMatchObject({ encoding: 'base64', data: value.toString('base64') });
  });

  it('with lone surrogates is told as it was written, and an expression is asked of it', async () => {
    const value = '{"n": "\\ud800", "m": 1}';
    const [message] = await only(value, { filter: 'value.m == 1', valueSerde: 'json' });
    expect(message?.value).toMatchObject({ encoding: 'utf8', data: value });
  });

  it('with 64 bits is told and compared exactly', async () => {
    const value = '{"n": 9007199254740993, "m": -9223372036854775808, "u": 18446744073709551615}';
    const [message] = await only(value, { filter: 'value.n == 9007199254740993', valueSerde: 'json' });
    expect(message?.value?.data).toBe(value);
    const { messages } = await read({ filter: 'value.n == 9007199254740992', valueSerde: 'json' });
    expect(messages).toEqual([]);
  });

  it('that says NaN is no JSON, and told as text', async () => {
    const [message] = await only('{"n": NaN}');
    expect(message?.value).toMatchObject({ encoding: 'utf8', data: '{"n": NaN}' });
    const { messages, end } = await read({ filter: 'value.n > 0', valueSerde: 'json' });
    expect(messages).toEqual([]);
    expect(end.reason).toBe('end-of-log');
  });

  it.each([
    ['read', {}],
    ['searched', { search: '[[' }],
    ['asked', { filter: 'size > 0', valueSerde: 'json' }],
  ])('of 100,000 nested lists can be %s', async (_, query) => {
    const [message] = await only(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, query);
    expect(message?.value).toMatchObject({ size: 200_000, isTruncated: true });
  });

  it('of 100,000 nested lists does not end an expression about its fields', async () => {
    fake.logs[0]!.append([
      { value: '{"n": 1}' },
      { value: `{"n": ${'['.repeat(100_000)}${']'.repeat(100_000)}}` },
    ]);
    const { messages, end } = await read({ filter: 'value.n == 1', valueSerde: 'json' });
    expect(messages.map(({ offset }) => offset)).toEqual([0]);
    expect(end.reason).toBe('end-of-log');
  });

  it('of 10 MB is searched to its end, and told in part', async () => {
    const [message] = await only(`{"n": "${'x'.repeat(10_000_000)}", "end": "needle"}`, { search: 'needle' });
    expect(message?.value).toMatchObject({ isTruncated: true });
    expect(message!.value!.data.length).toBeLessThanOrEqual(65_536);
    const { messages } = await read({ filter: 'value.end == "needle"', valueSerde: 'json' });
    expect(messages).toHaveLength(1);
  });

  it('with 10,000 headers is told with all of them, and found by the last', async () => {
    const headers = Array.from({ length: 10_000 }, (_, index) => ({ key: `h${index}`, value: `v${index}` }));
    fake.logs[0]!.append([{ value: 'v', headers }]);
    const { messages } = await read({ header: 'h9999=v9999' });
    expect(messages[0]?.headers).toHaveLength(10_000);
  });

  it('of the formats before record batches is searched as any other', async () => {
    fake.logs[0]!.appendBytes(oldMessage({ offset: 0, magic: 0, key: 'a', value: 'needle' }), 0, {
      length: 1,
    });
    fake.logs[0]!.appendBytes(oldMessage({ offset: 1, magic: 1, key: 'b', value: 'hay', timestamp: 5 }), 1, {
      length: 1,
    });
    fake.logs[0]!.append([{ value: 'a needle' }]);
    const { messages, end } = await read({ search: 'NEEDLE' });
    expect(messages.map(({ offset }) => offset)).toEqual([0, 2]);
    expect(end).toMatchObject({ scanned: 3, problems: [] });
  });
});
