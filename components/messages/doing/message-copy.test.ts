import { describe, expect, it } from 'vitest';
import type { Message } from '../../../lib/contract/messages.ts';
import { formOfMessage } from './message-copy.ts';
import { EMPTY_PRODUCE_FORM, produceBodyOf } from './produce-form.ts';

const payload = (data: string, encoding: 'utf8' | 'base64' = 'utf8') => ({
  encoding,
  data,
  size: data.length,
  isTruncated: false,
});
const message: Message = {
  type: 'message',
  partition: 2,
  offset: 5,
  timestamp: '2026-01-01T00:00:00.000Z',
  timestampType: 'create-time',
  key: payload('/wA=', 'base64'),
  value: payload('{"n":1}'),
  headers: [
    { key: 'h', value: payload('v') },
    { key: 'none', value: null },
  ],
  compression: 'none',
  isTransactional: false,
  size: 1,
};
const copy = (change: Partial<Message> = {}) => formOfMessage({ ...message, ...change });

describe('a copy of a message', () => {
  it('is the same when it is sent', () => {
    expect(produceBodyOf({ ...EMPTY_PRODUCE_FORM, ...copy() })).toMatchObject({
      partition: 2,
      key: { serde: 'base64', data: '/wA=' },
      value: { encoding: 'utf8', data: '{"n":1}' },
      headers: [
        { key: 'h', value: { data: 'v' } },
        { key: 'none', value: { data: '' } },
      ],
    });
    expect(produceBodyOf({ ...EMPTY_PRODUCE_FORM, ...copy({ key: null, value: null }) })).toMatchObject({
      key: null,
      value: null,
    });
  });

  it('is none of what is not whole', () => {
    expect(copy({ value: { ...payload('x'), isTruncated: true } })).toBeNull();
    expect(copy({ headers: [{ key: 'h', value: payload('/w==', 'base64') }] })).toBeNull();
  });
});
