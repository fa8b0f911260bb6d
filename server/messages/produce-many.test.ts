import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  produceManyBody,
  type SendingEnd,
  type SendingLine,
  sendingLine,
} from '../../lib/contract/sending.ts';
import { asSent } from '../../lib/i18n/sentences/testing/as-sent.ts';
import { compileMessage } from '../../lib/kafka/message-template/message-template.ts';
import { decodeRecords } from '../protocol/records/record-batch.ts';
import { type Console, connectedTo } from '../snapshot/testing/fake-console.ts';
import { produceMany } from './produce-many.ts';
import { FakeLogs } from './testing/fake-logs.ts';

let fake: FakeLogs;
let console: Console;

beforeEach(async () => {
  fake = new FakeLogs(3);
  await fake.cluster.start();
  console = connectedTo(fake.cluster.bootstrapServers);
  await console.snapshots.current();
});

afterEach(async () => {
  await console.close();
  await fake.cluster.stop();
});

const SEED = '00112233445566778899aabbccddeeff';

async function produce(body: object, signal = new AbortController().signal) {
  const lines: SendingLine[] = [];
  const options = { signal, note: () => {} };
  for await (const line of await produceMany(console, fake.topic, produceManyBody.parse(body), options)) {
    lines.push(sendingLine.parse(asSent(line)));
  }
  return { lines, end: lines.at(-1) as SendingEnd };
}

const written = () =>
  fake.logs.flatMap(({ batches }) => batches.flatMap(({ bytes }) => decodeRecords(bytes)));
const texts = () => written().map(({ key, value }) => `${key}=${value}`);

describe('a series', () => {
  it('is what its template makes, the same as a preview with its seed', async () => {
    const value = '{"id":"{{uuid}}","of":"{{key}}"}';
    const { end } = await produce({
      key: { data: 'k{{counter}}' },
      value: { data: value },
      headers: [
        { key: 'n', value: { data: '{{int 1 9}}' } },
        { key: 'null', value: null },
      ],
      count: 50,
      seed: SEED,
    });
    expect(end).toMatchObject({ reason: 'done', acknowledged: 50, settledUpTo: 50 });
    const make = compileMessage(
      { key: 'k{{counter}}', value, headers: [{ key: 'n', value: '{{int 1 9}}' }], timestamp: null },
      SEED,
    );
    const expected = Array.from({ length: 50 }, (_, index) => make(index, 0));
    expect(texts().sort()).toEqual(expected.map((one) => `${one.key}=${one.value}`).sort());
    const first = written().find(({ key }) => key?.toString() === 'k1')!;
    expect(first.headers).toEqual([
      { key: 'n', value: Buffer.from(expected[0]!.headers[0]!.value!) },
      { key: 'null', value: null },
    ]);
  });

  it('goes on where another one ended', async () => {
    await produce({ value: { data: '{{counter}}' }, count: 5, first: 7, partition: 1 });
    expect(texts()).toEqual(['8', '9', '10', '11', '12'].map((n) => `null=${n}`));
  });

  it('may be tombstones, bytes, and braces that are meant as such', async () => {
    await produce({ key: { data: 'k' }, value: null, count: 2 });
    await produce({
      key: { data: 'a{{' },
      value: { encoding: 'base64', data: '/wA=' },
      templates: false,
      count: 1,
    });
    expect(written().filter(({ value }) => value === null)).toHaveLength(2);
    expect(written().find(({ key }) => key?.toString() === 'a{{')?.value).toEqual(Buffer.from([0xff, 0x00]));
  });

  it('has the bytes that a serde writes', async () => {
    await produce({
      key: { serde: 'long', data: '{{counter start=5}}' },
      value: { serde: 'json', data: '{"n": {{counter}}}' },
      count: 1,
    });
    expect(written()[0]).toMatchObject({ key: Buffer.from('0000000000000005', 'hex') });
    const bad = produce({ key: { serde: 'long', data: 'x{{counter}}' }, count: 1 });
    await expect(bad).rejects.toMatchObject({ code: 'invalid_request', fields: [{ field: 'key.data' }] });
  });

  it('has the times that are asked for, and is compressed', async () => {
    await produce({ value: { data: 'v' }, timestamp: '2026-01-01T00:00:00Z', count: 1, compression: 'zstd' });
    await produce({ value: { data: 'v' }, timestamp: '12{{hex 0}}', count: 1 });
    expect(
      written()
        .map(({ timestamp }) => timestamp)
        .sort(),
    ).toEqual([12, Date.UTC(2026, 0, 1)]);
    expect(written().some(({ batch }) => batch.compression === 'zstd')).toBe(true);
  });

  it('is held to its rate', async () => {
    const begun = performance.now();
    const { end, lines } = await produce({ value: { data: 'v' }, count: 60, rate: 100 });
    const seconds = (performance.now() - begun) / 1000;
    expect(end.acknowledged).toBe(60);
    // The sixtieth is due 590 ms after the first; a busy machine makes it later, never earlier.
    expect(seconds).toBeGreaterThan(0.57);
    expect(lines.length).toBeGreaterThan(2);
    expect(fake.logs.reduce((sum, { batches }) => sum + batches.length, 0)).toBeGreaterThan(10);
  });

  it('ends at once when nobody wants it any more', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const { end } = await produce({ value: { data: 'v' }, count: 1000, rate: 0.1 }, stop.signal);
    expect(end).toMatchObject({ reason: 'cancelled', acknowledged: 1, next: { index: 1 } });
  });
});

describe('what is wrong', () => {
  it('is told with its place, before anything is written', async () => {
    const asked = produce({
      key: { data: 'k' },
      value: { data: '{\n "n": {{nope}}\n}' },
      headers: [{ key: 'h', value: { data: '{{int 2 1}}' } }],
      count: 10,
    });
    await expect(asked).rejects.toMatchObject({
      code: 'invalid_request',
      fields: [
        { field: 'value.data', at: { line: 2, column: 9, length: 4 } },
        { field: 'headers.0.value.data' },
      ],
      message: expect.stringMatching(
        /^value\.data: Line 2, column 9: there is no "nope"; there are counter, uuid/,
      ),
    });
    expect(written()).toEqual([]);
  });

  it.each([
    [{ partition: 3, count: 1 }, 'not_found'],
    [{ timestamp: 'yesterday', count: 1 }, 'invalid_request'],
    [{ value: { encoding: 'base64', data: '#' }, count: 1 }, 'invalid_request'],
    [{ value: { data: '{{text 1048576}}'.repeat(20) }, count: 1 }, 'invalid_request'],
  ])('%j', async (body, code) => {
    await expect(produce(body)).rejects.toMatchObject({ code });
  });

  it('with single messages is told of each', async () => {
    const { end } = await produce({
      key: { data: 'k' },
      timestamp: '{{pick 5|never}}',
      count: 40,
      seed: SEED,
    });
    expect(end.reason).toBe('done');
    expect(end.acknowledged + end.refused).toBe(40);
    expect(end.acknowledged).toBeGreaterThan(0);
    expect(end.failures[0]).toMatchObject({
      state: 'refused',
      detail: expect.stringContaining('"never" is no time'),
    });
  });
});
