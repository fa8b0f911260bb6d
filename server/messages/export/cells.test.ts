import { describe, expect, it } from 'vitest';
import type { Message } from '../../../lib/contract/messages.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import { payloadOf } from '../payload.ts';
import { MessageRow, parseColumns } from './cells.ts';

const payload = (data: string | Buffer) => payloadOf(Buffer.from(data), Number.POSITIVE_INFINITY);
const message = {
  type: 'message' as const,
  partition: 3,
  offset: 42,
  timestamp: '2026-01-01T00:00:00.000Z',
  timestampType: 'create-time' as const,
  key: payload('{"id":7}'),
  value: payload(
    '{"id":9007199254740993,"price":1.10,"big":1e400,"who":{"name":"Ada","a.b":1},"tags":["x","y"],"no":null,"yes":true}',
  ),
  headers: [
    { key: 'trace', value: payload('t1') },
    { key: 'trace', value: payload('t2') },
    { key: 'x.y', value: null },
  ],
  compression: 'none' as const,
  isTransactional: false,
  size: 99,
} satisfies Unspoken<Message>;

const cells = (columns: string, one: Unspoken<Message> = message) =>
  parseColumns(columns).map((column) => column.cellOf(new MessageRow('orders', one)));

describe('columns', () => {
  it('are parts of the message', () => {
    expect(cells('topic, partition,offset,timestamp,size')).toEqual([
      'orders',
      3,
      42,
      '2026-01-01T00:00:00.000Z',
      99,
    ]);
    expect(parseColumns('partition , value.who.name').map(({ name }) => name)).toEqual([
      'partition',
      'value.who.name',
    ]);
  });

  it('are fields of JSON, numbers exact', () => {
    expect(cells('key.id,value.id,value.big,value.who.name,value.tags[1],value.yes')).toEqual([
      7,
      '9007199254740993',
      '1e400',
      'Ada',
      'y',
      'true',
    ]);
    expect(cells('value.who,value.tags,value["who"]["a.b"]')).toEqual([
      '{"name":"Ada","a.b":1}',
      '["x","y"]',
      1,
    ]);
  });

  it('are nothing where there is no such field', () => {
    expect(
      cells('value.no,value.nope,value.tags[9],value.who.name.x,value.tags.length,value.toString'),
    ).toEqual(Array(6).fill(null));
    const words = { ...message, key: null, value: payload('only words') };
    expect(cells('key,key.id,value,value.id', words)).toEqual([null, null, 'only words', null]);
  });

  it('are headers, the last of a name', () => {
    expect(cells('headers.trace,headers["x.y"],headers.x.y,headers.none')).toEqual(['t2', null, null, null]);
    expect(cells('headers')).toEqual(['{"trace":["t1","t2"],"x.y":null}']);
  });

  it('are what a serde made of the bytes; other bytes are base64', () => {
    const binary = payload(Buffer.from([0xff, 0x00]));
    expect(cells('value', { ...message, value: binary })).toEqual(['/wA=']);
    const decoded = {
      serde: 'avro' as const,
      format: 'json' as const,
      text: '{"n":5}',
      isTruncated: false,
      isMasked: false,
      schema: null,
      problem: null,
    };
    expect(cells('value,value.n', { ...message, value: { ...binary, decoded } })).toEqual(['{"n":5}', 5]);
  });

  it.each(['', 'value.', 'value..a', 'partition,,offset', 'value[x]', 'bogus', 'partition.x', 'constructor'])(
    'are refused: %j',
    (columns) => {
      expect(() => parseColumns(columns)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    },
  );
});
