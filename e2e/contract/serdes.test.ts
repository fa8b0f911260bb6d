import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../lib/contract/messages.ts';
import { ask, askLines, request } from '../harness/api.ts';
import { uniqueName } from '../harness/names.ts';
import { eventually, underTest } from '../harness/under-test.ts';

const topic = uniqueName('serdes');
const group = uniqueName('serdes-group');

async function messages(of: string, query: Record<string, unknown> = {}): Promise<Message[]> {
  const lines = await askLines('readMessages', {
    params: { topic: of },
    query: { from: 'earliest', limit: 1000, ...query },
  });
  return lines.filter((line): line is Message => line.type === 'message');
}

const produce = (key: object | null, value: object | null) =>
  ask('produceMessage', { params: { topic }, body: { partition: 0, key, value } as never });

describe('how messages are read', () => {
  beforeAll(async () => {
    await ask('createTopic', { body: { name: topic, partitionCount: 1, replicationFactor: 1 } });
    await produce(
      { serde: 'long', data: '9007199254740993' },
      { serde: 'json', data: '{"id":9007199254740993,"to":{"city":"서울"}}' },
    );
    await produce({ serde: 'long', data: '-2' }, { data: '{"id":NaN}' });
    await produce(null, { serde: 'cbor', data: '{"id":3}' });
    await produce({ serde: 'long', data: '4' }, null);
  });
  afterAll(() => ask('deleteTopic', { params: { topic } }));

  it('is detected, with the reason and the fields that were seen', async () => {
    const { key, value, fields, lookedAt } = await ask('getTopicSerdes', { params: { topic } });
    expect(key).toEqual({
      serde: 'long',
      source: 'detected',
      reason: '3 of 3 keys have the size of long and look like it',
    });
    // One of each kind: the first one counts, and all can be chosen.
    expect(['json', 'text', 'cbor']).toContain(value.serde);
    expect(lookedAt).toBe(4);
    expect(fields.find(({ path }) => path === 'key')).toMatchObject({ types: ['number'], seenIn: 3 });
  });

  it('can be chosen, for everybody, and taken back', async () => {
    const chosen = await ask('setTopicSerdes', { params: { topic }, body: { value: 'json' } });
    expect(chosen.value).toMatchObject({ serde: 'json', source: 'chosen' });
    expect(chosen.fields.find(({ path }) => path === 'value.to.city')).toMatchObject({ examples: ['서울'] });
    const [exact, broken, packed, tombstone] = await messages(topic);
    expect(exact?.key?.decoded).toMatchObject({ serde: 'long', text: '9007199254740993', format: 'json' });
    expect(exact?.value?.data).toBe('{"id":9007199254740993,"to":{"city":"서울"}}');
    expect(broken?.value?.decoded?.problem).toBe('It is not JSON from line 1, column 7 on: NaN}');
    expect(packed?.value).toMatchObject({
      encoding: 'base64',
      decoded: { problem: 'The bytes are not UTF-8' },
    });
    expect(tombstone?.value).toBeNull();
    expect(
      (await messages(topic, { filter: 'key == 9007199254740993' })).map(({ offset }) => offset),
    ).toEqual([0]);
    const back = await ask('setTopicSerdes', { params: { topic }, body: { value: null } });
    expect(back.value.source).toBe('detected');
  });

  it('can be asked for once', async () => {
    const found = await messages(topic, { valueSerde: 'cbor', keySerde: 'hex' });
    expect(found.map(({ value }) => value?.decoded?.text ?? null)).toEqual([null, null, '{"id":3}', null]);
    expect(found[1]?.key?.decoded?.text).toBe('fffffffffffffffe');
  });

  it.each<[string, object, string, RegExp]>([
    ['a number that is none', { key: { serde: 'long', data: 'x' } }, 'key.data', /not a whole number/],
    ['JSON that is none', { value: { serde: 'json', data: '{a:1}' } }, 'value.data', /line 1, column 2/],
    [
      'nesting without an end',
      { value: { serde: 'cbor', data: '['.repeat(5000) } },
      'value.data',
      /nested more than 1000/,
    ],
    ['half a character', { value: { serde: 'text', data: '\ud800' } }, 'value.data', /lone surrogate/],
    [
      'a serde of a file that is not there',
      { value: { serde: 'avro-file:none.avsc', data: '1' } },
      'value.data',
      /no none\.avsc/,
    ],
    [
      'a registry’s serde without one',
      { value: { serde: 'avro', data: '1' } },
      'value.data',
      /No schema registry/,
    ],
    ['a serde that there is not', { value: { serde: 'yaml', data: '1' } }, 'value.serde', /no such serde/],
    [
      'what Kafka alone writes',
      { key: { serde: 'consumer-offsets', data: '{}' } },
      'key.data',
      /cannot be typed/,
    ],
  ])('refuses to write %s', async (_, body, field, message) => {
    const response = await request('produceMessage', { params: { topic }, body } as never);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ field, message: expect.stringMatching(message) }],
    });
  });

  it('refuses a choice that is none, and a topic that is not there', async () => {
    const choose = (of: string, value: string) =>
      request('setTopicSerdes', { params: { topic: of }, body: { value } } as never);
    expect((await choose(topic, 'avro')).status).toBe(400);
    expect((await choose(topic, 'protobuf-file:nope')).status).toBe(400);
    expect((await choose(uniqueName('none'), 'json')).status).toBe(404);
  });
});

describe('Kafka’s own topics', () => {
  it('say in words what groups commit and are', async () => {
    const kafka = new Kafka({ brokers: underTest.bootstrapServers.split(','), logLevel: logLevel.NOTHING });
    const own = uniqueName('serdes-offsets');
    await ask('createTopic', { body: { name: own, partitionCount: 1, replicationFactor: 1 } });
    const admin = kafka.admin();
    await admin.connect();
    await admin.setOffsets({ groupId: group, topic: own, partitions: [{ partition: 0, offset: '42' }] });
    await admin.disconnect();
    const key = `key.type == "OffsetCommit" && key.group == "${group}"`;
    const [committed] = await eventually('the commit', async () => {
      const found = await messages('__consumer_offsets', { filter: `${key} && value.offset == 42` });
      return found.length > 0 && found;
    });
    expect(JSON.parse(committed!.key!.decoded!.text!)).toEqual({
      type: 'OffsetCommit',
      group,
      topic: own,
      partition: 0,
    });
    expect(JSON.parse(committed!.value!.decoded!.text!)).toMatchObject({
      type: 'OffsetCommit',
      offset: 42,
      commitTimestamp: expect.stringMatching(/^20\d\d-.*Z$/),
    });
    const { value } = await ask('getTopicSerdes', { params: { topic: '__consumer_offsets' } });
    expect(value).toMatchObject({ serde: 'consumer-offsets', source: 'detected' });
    await ask('deleteTopic', { params: { topic: own } });
  });
});
