import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportedMessage, importedMessage } from '../../../lib/contract/exported-messages.ts';
import type { Message } from '../../../lib/contract/messages.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import { exportedLine } from '../export/exported-line.ts';
import { payloadOf } from '../payload.ts';
import { importedRecord } from './imported-record.ts';

const NOW = 1234;
const read = (line: unknown, partition: 'same' | 'by-key' = 'same', timestamp: 'same' | 'now' = 'same') =>
  importedRecord(typeof line === 'string' ? line : JSON.stringify(line), { partition, timestamp }, NOW);
const told = (bytes: Buffer | null) => (bytes === null ? null : payloadOf(bytes, Number.POSITIVE_INFINITY));

const bytes = fc.option(
  fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array)),
    fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => Buffer.from(text)),
  ),
);

describe('a line of an export', () => {
  it('is imported as the message that it was, byte by byte', () => {
    const header = fc.record({ key: fc.string({ unit: 'grapheme' }), value: bytes });
    const time = fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') }));
    fc.assert(
      fc.property(
        bytes,
        bytes,
        fc.array(header, { maxLength: 4 }),
        time,
        (key, value, headers, timestamp) => {
          const message = {
            type: 'message' as const,
            partition: 2,
            offset: 5,
            timestamp: timestamp === null ? null : timestamp.toISOString(),
            timestampType: 'create-time' as const,
            key: told(key),
            value: told(value),
            headers: headers.map((one) => ({ key: one.key, value: told(one.value) })),
            compression: 'none' as const,
            isTransactional: false,
            size: 1,
          } satisfies Unspoken<Message>;
          const record = { key, value, headers, timestamp: timestamp === null ? -1 : timestamp.getTime() };
          const line = exportedLine('orders', message, { withDecoded: true, areHeadersMasked: false });
          expect(line.endsWith('}\n')).toBe(true);
          expect(line.slice(0, -1)).not.toContain('\n');
          exportedMessage.parse(JSON.parse(line));
          importedMessage.parse(JSON.parse(line));
          expect(read(line)).toEqual({ partition: 2, record });
          // The messages that the API itself gives can be imported too.
          expect(read(message)).toEqual({ partition: 2, record });
        },
      ),
    );
  });

  it('carries what serdes made of it beside the bytes', () => {
    const decoded = {
      serde: 'avro' as const,
      format: 'json' as const,
      text: '{\n  "id": 9007199254740993\n}',
      isTruncated: false,
      isMasked: false,
      schema: null,
      problem: null,
    };
    const plain = { withDecoded: false, areHeadersMasked: false };
    const withDecoded = { ...plain, withDecoded: true };
    const message = {
      type: 'message',
      partition: 0,
      offset: 0,
      timestamp: null,
      timestampType: 'none',
      key: null,
      value: { ...told(Buffer.from([0, 255]))!, decoded },
      headers: [],
      compression: 'none',
      isTransactional: false,
      size: 1,
    } satisfies Unspoken<Message>;
    expect(exportedLine('t', message, withDecoded)).toContain(
      '"value":{"base64":"AP8="},"headers":[],"decoded":{"value":{"id":9007199254740993}}}',
    );
    expect(exportedLine('t', message, plain)).not.toContain('decoded');
    const masked = { ...message, value: { ...message.value, decoded: { ...decoded, isMasked: true } } };
    expect(() => read(exportedLine('t', masked, plain))).toThrow(/masked/);
    expect(() => read(masked)).toThrow(/masked/);
    const withHeader = { ...message, headers: [{ key: 'h', value: null }] };
    const hidden = exportedLine('t', withHeader, { ...plain, areHeadersMasked: true });
    expect(() => read(hidden)).toThrow(/masked/);
  });
});

describe('a line written by hand', () => {
  it('may leave out what it does not need', () => {
    expect(read({ value: 'v' })).toEqual({
      partition: null,
      record: { key: null, value: Buffer.from('v'), headers: [], timestamp: NOW },
    });
    expect(read({ key: 'k', headers: { a: '1', b: null }, timestamp: 5, partition: 1 })).toEqual({
      partition: 1,
      record: {
        key: Buffer.from('k'),
        value: null,
        headers: [
          { key: 'a', value: Buffer.from('1') },
          { key: 'b', value: null },
        ],
        timestamp: 5,
      },
    });
  });

  it('goes by the key, and now, when that is asked for', () => {
    expect(read({ partition: 4, timestamp: 5 }, 'by-key', 'now')).toMatchObject({
      partition: null,
      record: { timestamp: NOW },
    });
  });

  it.each([
    ['{"key":', /not JSON/],
    ['[1]', /no object/],
    ['null', /no object/],
    [{ partition: '1' }, /partition: .*whole number/],
    [{ partition: -1 }, /partition/],
    [{ timestamp: 'yesterday' }, /timestamp/],
    [{ timestamp: 1e18 }, /timestamp/],
    [{ key: 5 }, /key: .*text/],
    [{ value: { base64: '###' } }, /value: .*base64/],
    [{ value: { n: 1 } }, /value: .*text/],
    [{ value: { encoding: 'utf8', data: 'x', isTruncated: true } }, /value: .*part/],
    [{ headers: 'a=b' }, /headers/],
    [{ headers: [{ value: 'x' }] }, /headers\.0\.key/],
    [{ headers: [{ key: 'a', value: 3 }] }, /headers\.0\.value/],
    ['{"value":"\\ud800"}', /value: .*half a character/],
  ])('is refused: %j', (line, reason) => {
    expect(() => read(line)).toThrow(reason);
  });

  it('is left aside where it is of a stream and no message', () => {
    expect(read({ type: 'progress', scanned: 1 })).toBeNull();
    expect(read({ type: 'end' })).toBeNull();
  });
});
