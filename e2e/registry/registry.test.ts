/**
 * A real schema registry with Confluent's API, messages that its ecosystem's own serializers write into an embedded cluster,
 * and Kafdeck between the two: what it shows of them, and what it writes itself, read by their deserializers.
 */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../lib/contract/messages.ts';
import { ask, askLines, request } from '../harness/api.ts';
import { type Apicurio, startApicurio } from '../harness/apicurio.ts';
import { type Console, startConsole } from '../harness/console.ts';
import { projectDir, scratchDir } from '../harness/folders.ts';
import { freePortBlock } from '../harness/ports.ts';
import { eventually } from '../harness/under-test.ts';
import { ensurePython } from '../run/python.ts';

const executed = promisify(execFile);
const START_MS = 600_000;

let apicurio: Apicurio;
let kafdeck: Console;
let python: string;
let bootstrap: string;
const dataDir = scratchDir('registry');

beforeAll(async () => {
  python = join(process.env.KAFDECK_TEST_PYTHON ?? ensurePython(), 'bin/python');
  apicurio = await startApicurio();
  const port = await freePortBlock(4);
  bootstrap = `127.0.0.1:${port + 1}`;
  kafdeck = await startConsole('registry', {
    PORT: String(port),
    KAFDECK_EMBEDDED_PORT: String(port + 1),
    KAFDECK_DATA_DIR: join(dataDir, 'kafdeck'),
    KAFDECK_DEMO: 'off',
    KAFDECK_SCHEMA_REGISTRY: apicurio.url,
  });
  process.env.KAFDECK_TEST_URL = kafdeck.url;
  process.env.KAFDECK_TEST_CLUSTER = 'embedded';
  await run('produce.py');
}, START_MS);

afterAll(async () => {
  await kafdeck?.close();
  await apicurio?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function run(script: string, ...args: string[]): Promise<string> {
  const { stdout } = await executed(
    python,
    [join(projectDir, 'e2e/registry', script), bootstrap, apicurio.url, ...args],
    {
      timeout: 120_000,
    },
  );
  return stdout;
}

async function messages(topic: string, query: Record<string, unknown> = {}): Promise<Message[]> {
  const lines = await askLines('readMessages', { params: { topic }, query: { from: 'earliest', ...query } });
  return lines.filter((line) => line.type === 'message');
}

/** The text of a decoded value, or why there is none. */
const shown = (message: Message | undefined) => {
  const { decoded, data } = message?.value ?? {};
  return decoded?.problem ?? decoded?.text ?? data;
};

/** What is there as soon as the console knows the topic. */
const eventuallyAll = (topic: string, count: number) =>
  eventually(`${count} messages of ${topic}`, async () => {
    const found = await messages(topic);
    return found.length === count && found;
  });

describe('Avro', () => {
  it('is shown with the schemas that it was written with, exactly', async () => {
    const [before, after] = await eventuallyAll('avro-orders', 2);
    const fields = (id: string) =>
      `"id":${id},"total":12.30,"at":"2026-01-31T12:00:00.123Z","day":"2026-01-31","ref":"123e4567-e89b-12d3-a456-426614174000","to":{"city":"서울","zip":4524},"state":"SENT","tags":{"a":"b"},"raw":"AP8="`;
    expect(shown(before)).toBe(`{${fields('9007199254740993')}}`);
    expect(shown(after)).toBe(`{${fields('2')},"note":"by the door"}`);
    expect(before?.value?.decoded).toMatchObject({
      serde: 'avro',
      format: 'json',
      schema: { type: 'AVRO', name: 'shop.Order' },
    });
    expect(before?.value?.decoded?.schema?.id).not.toBe(after?.value?.decoded?.schema?.id);
    expect(before?.key?.decoded?.text).toBe('{"id":1}');
  });

  it('is detected, with its fields', async () => {
    const { key, value, fields, available } = await ask('getTopicSerdes', {
      params: { topic: 'avro-orders' },
    });
    expect(value).toMatchObject({ serde: 'avro', source: 'detected' });
    expect(value.reason).toMatch(
      /^2 of 2 values begin with the id of a schema in the registry: \d+ \(shop\.Order, AVRO\)/,
    );
    expect(key.serde).toBe('avro');
    expect(fields.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['key.id', 'value.to.city', 'value.note']),
    );
    expect(available).toEqual(expect.arrayContaining(['avro', 'protobuf', 'json-schema']));
  });

  it('is found by what is in it', async () => {
    const byField = await messages('avro-orders', { filter: 'value.total > 12.0 && value.id == 2' });
    expect(byField.map(({ offset }) => offset)).toEqual([1]);
    const byText = await messages('avro-orders', { search: 'by the door' });
    expect(byText.map(({ offset }) => offset)).toEqual([1]);
  });
});

describe('Protobuf', () => {
  it('is shown as the message types that it is of', async () => {
    const [order, line, refund] = await eventuallyAll('protobuf-orders', 3);
    expect(shown(order)).toBe(
      '{"id":18446744073709551615,"total":{"currency":"KRW","units":12000},"lines":[{"sku":"a-1","amount":-2}],' +
        '"tags":{"new":1},"at":"2026-01-31T12:00:00.500Z","card_number":"4242","state":"SENT","readings":[-1,9007199254740993]}',
    );
    expect(order?.value?.decoded?.schema).toMatchObject({ type: 'PROTOBUF', name: 'shop.Order' });
    expect(shown(line)).toBe('{"sku":"b-2","amount":3}');
    expect(line?.value?.decoded?.schema?.name).toBe('shop.Order.Line');
    expect(shown(refund)).toBe('{"why":"broken"}');
    expect(refund?.value?.decoded?.schema?.name).toBe('shop.Refund');
  });
});

describe('JSON Schema', () => {
  it('is shown as it was written', async () => {
    const [before, after] = await eventuallyAll('json-orders', 2);
    expect(JSON.parse(shown(before)!)).toMatchObject({ to: { city: '서울' } });
    expect(shown(before)).toContain('9007199254740993');
    expect(before?.value?.decoded).toMatchObject({
      serde: 'json-schema',
      schema: { type: 'JSON', name: 'Order' },
    });
    expect(shown(after)).toContain('by the door');
  });
});

describe('what Kafdeck writes', () => {
  const produce = (topic: string, key: object | null, value: object) =>
    ask('produceMessage', { params: { topic }, body: { partition: 0, key, value } as never });

  it('is read by the ecosystem’s own deserializers', async () => {
    const avro =
      '{"id":9007199254740995,"total":7.05,"at":"2026-02-01T00:00:00.001Z","day":"2026-02-01","ref":"123e4567-e89b-12d3-a456-426614174001",' +
      '"to":{"city":"Busan"},"state":"NEW","tags":{},"raw":"AQ=="}';
    const sent = await produce(
      'avro-orders',
      { serde: 'avro', data: '{"id":3}' },
      { serde: 'avro', data: avro },
    );
    const protobuf =
      '{"id":5,"total":{"currency":"USD","units":"3"},"lines":[{"sku":"c"}],"tags":{"x":2},"cash":true,"state":"NEW"}';
    const order = await produce('protobuf-orders', null, { serde: 'protobuf', data: protobuf });
    const named = { serde: 'protobuf', data: '{"why":"late"}', schema: { name: 'shop.Refund' } };
    const refund = await produce('protobuf-orders', null, named);
    const json = await produce('json-orders', null, {
      serde: 'json-schema',
      data: '{"id":7,"to":{"city":"Jeju"}}',
    });
    const read = JSON.parse(
      await run('consume.py', JSON.stringify([sent.offset, order.offset, refund.offset, json.offset])),
    );
    expect(read).toEqual({
      avro: {
        key: { id: 3 },
        value: {
          id: 9007199254740995n.toString(),
          total: '7.05',
          at: '2026-02-01 00:00:00.001000+00:00',
          day: '2026-02-01',
          ref: '123e4567-e89b-12d3-a456-426614174001',
          to: { city: 'Busan', zip: null },
          state: 'NEW',
          tags: {},
          raw: "b'\\x01'",
          note: null,
        },
      },
      order: {
        id: '5',
        total: { currency: 'USD', units: '3' },
        lines: [{ sku: 'c' }],
        tags: { x: 2 },
        cash: true,
      },
      refund: { why: 'late' },
      json: { id: 7, to: { city: 'Jeju' } },
    });
  });

  it('is refused with the field that does not fit, and where there is no schema', async () => {
    const refused = async (topic: string, value: object) => {
      const response = await request('produceMessage', { params: { topic }, body: { value } } as never);
      return { status: response.status, ...((await response.json()) as object) };
    };
    expect(await refused('avro-orders', { serde: 'avro', data: '{"id":"x"}' })).toMatchObject({
      status: 400,
      errors: [{ field: 'value.data', message: 'id: This has to be long; a text was given' }],
    });
    expect(await refused('json-orders', { serde: 'json-schema', data: '{"id":"x"}' })).toMatchObject({
      status: 400,
      errors: [{ field: 'value.data', message: 'id: The schema says: must be integer' }],
    });
    expect(await refused('protobuf-orders', { serde: 'avro', data: '{}' })).toMatchObject({
      status: 400,
      errors: [{ message: expect.stringMatching(/is of type PROTOBUF and cannot be read as avro/) }],
    });
  });
});

describe('what cannot be read', () => {
  it('is told beside the bytes, and the rest is shown', async () => {
    const unknown = Buffer.from('0000bc614e00', 'hex');
    await ask('produceMessage', {
      params: { topic: 'avro-orders' },
      body: { partition: 0, value: { encoding: 'base64', data: unknown.toString('base64') } },
    });
    const found = await messages('avro-orders');
    const last = found.at(-1)?.value;
    expect(last).toMatchObject({ encoding: 'base64', data: unknown.toString('base64') });
    expect(last?.decoded).toMatchObject({
      serde: 'avro',
      text: null,
      problem: 'The schema registry has no schema 12345678',
    });
    expect(shown(found[0])).toContain('"city":"서울"');
  });

  it('costs little time when the registry is away', async () => {
    await apicurio.close();
    const begun = performance.now();
    // Other threads than those that have shown them so far search in them, and know no schema yet.
    const lines = await askLines('readMessages', {
      params: { topic: 'protobuf-orders' },
      query: { from: 'earliest', filter: 'value.why == "late"' },
    });
    expect(lines.at(-1)).toMatchObject({ type: 'end', reason: 'end-of-log' });
    expect((await messages('json-orders')).length).toBeGreaterThan(2);
    expect(performance.now() - begun).toBeLessThan(8000);
  });
});
