import { describe, expect, it } from 'vitest';
import { produceBody } from '../../lib/contract/messages.ts';
import { recordToProduce } from './record-to-produce.ts';

const record = (body: unknown) => recordToProduce(produceBody.parse(body), 1000);

describe('recordToProduce', () => {
  it('decodes each part in its encoding, and tells null from empty', () => {
    expect(record({ key: { data: '' }, value: { data: '/wA', encoding: 'base64' } })).toEqual({
      key: Buffer.alloc(0),
      value: Buffer.from([0xff, 0]),
      headers: [],
      timestamp: 1000,
    });
    expect(record({})).toMatchObject({ key: null, value: null });
  });

  it('keeps headers in order, repeated and without value', () => {
    const headers = [
      { key: 'b', value: { data: '1' } },
      { key: '7', value: null },
      { key: 'b', value: { data: '2' } },
    ];
    expect(record({ headers }).headers).toEqual([
      { key: 'b', value: Buffer.from('1') },
      { key: '7', value: null },
      { key: 'b', value: Buffer.from('2') },
    ]);
  });

  it.each([
    [{ value: { data: 'a%b=', encoding: 'base64' } }, 'value.data'],
    [{ key: { data: 'abcde', encoding: 'base64' } }, 'key.data'],
    [{ key: { data: 'x\ud800' } }, 'key.data'],
    [{ headers: [{ key: 'h', value: { data: '*', encoding: 'base64' } }] }, 'headers.0.value.data'],
  ])('names the field that is not in its encoding', (body, field) => {
    expect(() => record(body)).toThrow(
      expect.objectContaining({ code: 'invalid_request', fields: [expect.objectContaining({ field })] }),
    );
  });
});
