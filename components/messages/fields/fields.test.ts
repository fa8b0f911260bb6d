import { describe, expect, it } from 'vitest';
import type { Message, Payload } from '../../../lib/contract/messages.ts';
import { messageField } from './message-field.ts';
import { seenFields } from './seen-fields.ts';

function payload(data: string, part: Partial<Payload> = {}): Payload {
  return { data, encoding: 'utf8', size: data.length, isTruncated: false, ...part };
}

function message(value: Payload | null, headers: Message['headers'] = []): Message {
  return {
    type: 'message',
    partition: 0,
    offset: 0,
    timestamp: null,
    timestampType: 'none',
    key: payload('k-1'),
    value,
    headers,
    compression: 'none',
    isTransactional: false,
    size: 0,
  };
}

const order = message(
  payload('{"id":"o-1","total":12.50,"to":{"city":null},"items":[{"sku":"A"},{"sku":"B"}]}'),
  [
    { key: 'trace', value: payload('1') },
    { key: 'trace', value: payload('2') },
    { key: 'none', value: null },
  ],
);

describe('messageField', () => {
  it('finds fields of documents, headers and the whole of a part', () => {
    expect(messageField(order, 'value.total')).toEqual({ kind: 'number', text: '12.50' });
    expect(messageField(order, 'value.items[1].sku')).toEqual({ kind: 'string', text: 'B' });
    expect(messageField(order, 'headers.trace')).toEqual({ kind: 'string', text: '2' });
    expect(messageField(order, 'headers.none')).toEqual({ kind: 'literal', text: 'null' });
    expect(messageField(order, 'key')).toEqual({ kind: 'string', text: 'k-1' });
  });

  it('finds nothing where there is none', () => {
    for (const path of ['value.nobody', 'key.id', 'headers.x', 'headers.trace.x', 'offset', 'value.'])
      expect(messageField(order, path), path).toBe('absent');
    expect(messageField(message(null), 'value.id')).toBe('absent');
    expect(messageField(message(payload('AP8=', { encoding: 'base64' })), 'value.id')).toBe('absent');
  });

  it('says that a document is cut before the field, and only if it was cut', () => {
    expect(messageField(message(payload('{"a":1,"b', { isTruncated: true })), 'value.b')).toBe('cut');
    expect(messageField(message(payload('{"a":1,"b')), 'value.b')).toBe('absent');
  });

  it('reads what a serde made of the bytes', () => {
    const decoded = {
      serde: 'avro',
      format: 'json' as const,
      text: '{"id":7}',
      isTruncated: false,
      isMasked: false,
      schema: null,
      problem: null,
    };
    const avro = message(payload('AAAAAAcO', { encoding: 'base64', decoded }));
    expect(messageField(avro, 'value.id')).toEqual({ kind: 'number', text: '7' });
  });
});

describe('seenFields', () => {
  it('has every field with its types, examples and how often it was seen', () => {
    const fields = seenFields([order, message(payload('{"id":7}')), message(payload('words'))]);
    expect(fields[0]).toEqual({
      path: 'value.id',
      types: ['string', 'number'],
      seenIn: 2,
      examples: ['o-1', '7'],
    });
    expect(fields.map(({ path }) => path).sort()).toEqual([
      'headers.none',
      'headers.trace',
      'value.id',
      'value.items',
      'value.items[0]',
      'value.items[0].sku',
      'value.to',
      'value.to.city',
      'value.total',
    ]);
    expect(fields.find(({ path }) => path === 'value.to.city')?.types).toEqual(['null']);
    expect(fields.find(({ path }) => path === 'value.items')?.types).toEqual(['list']);
  });
});
