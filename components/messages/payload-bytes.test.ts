import { describe, expect, it } from 'vitest';
import type { Payload } from '../../lib/contract/messages.ts';
import { hexDump, hexLine } from './hex-dump.ts';
import { payloadBytes, payloadPreview, payloadText } from './payload-bytes.ts';

function payload(data: string, encoding: Payload['encoding'] = 'utf8', isTruncated = false): Payload {
  return { data, encoding, size: data.length, isTruncated };
}

describe('payloadBytes', () => {
  it('gives the bytes of text and of base64', () => {
    expect([...payloadBytes(payload('가'))]).toEqual([0xea, 0xb0, 0x80]);
    expect([...payloadBytes(payload('AP+A', 'base64'))]).toEqual([0, 255, 128]);
  });

  it('shows broken UTF-8 as replacement characters, never fails', () => {
    expect(payloadText(payload('QUL/', 'base64'))).toBe('AB\ufffd');
  });
});

describe('payloadPreview', () => {
  it('is one line', () => {
    expect(payloadPreview(payload('{\n  "a":\t1\r\n}'))).toBe('{ "a": 1 }');
  });

  it('marks what was cut, here or on the server', () => {
    expect(payloadPreview(payload('abcdef'), 4)).toBe('abcd…');
    expect(payloadPreview(payload('abc', 'utf8', true), 4)).toBe('abc…');
    expect(payloadPreview(payload('abcd'), 4)).toBe('abcd');
  });

  it('shows what hides in a text or turns its direction', () => {
    expect(payloadPreview(payload('\u202egnp.exe a\u200bb\u0007'))).toBe('\\u202egnp.exe a\\u200bb\\u0007');
  });

  it('shows binary as hex', () => {
    expect(payloadPreview(payload('AP+A', 'base64'))).toBe('00 ff 80');
  });
});

describe('hexDump', () => {
  it('has the layout of hexdump -C', () => {
    const bytes = new TextEncoder().encode('Kafka\u0000record|batch!');
    expect(hexDump(bytes)).toBe(
      [
        '00000000  4b 61 66 6b 61 00 72 65  63 6f 72 64 7c 62 61 74  |Kafka.record|bat|',
        '00000010  63 68 21                                          |ch!|',
      ].join('\n'),
    );
  });

  it('pads the last line and dots what does not print', () => {
    const line = hexLine(new Uint8Array([0x7f, 0x20, 0xff]), 0);
    expect(line.cells.slice(0, 4)).toEqual(['7f', '20', 'ff', '']);
    expect(line.cells).toHaveLength(16);
    expect(line.ascii).toBe('. .');
  });

  it('is empty for no bytes', () => {
    expect(hexDump(new Uint8Array())).toBe('');
  });
});
