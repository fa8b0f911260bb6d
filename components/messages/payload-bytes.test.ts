import { describe, expect, it } from 'vitest';
import type { Payload } from '../../lib/contract/messages.ts';
import { hexDump, hexLine } from './hex-dump.ts';
import { payloadBytes, payloadText, shownPayload } from './payload-bytes.ts';

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

describe('shownPayload', () => {
  const decoded = {
    serde: 'avro',
    format: 'json' as const,
    text: '{"a":1}',
    isTruncated: false,
    isMasked: false,
    schema: null,
    problem: null,
  };
  const binary = payload('AP+A', 'base64', true);

  it('is what a serde made of the bytes', () => {
    expect(shownPayload({ ...binary, decoded })).toEqual({ text: '{"a":1}', isJson: true, isCut: false });
  });

  it('is the bytes as text where they are that text already', () => {
    const same = { ...payload('{"a":2}'), decoded: { ...decoded, serde: 'json', text: null } };
    expect(shownPayload(same)).toEqual({ text: '{"a":2}', isJson: true, isCut: false });
  });

  it('is the bytes where they could not be read', () => {
    const broken = { ...decoded, text: null, problem: 'No schema 7' };
    expect(shownPayload({ ...binary, decoded: broken })).toEqual({ text: null, isJson: false, isCut: true });
    expect(shownPayload({ ...payload('words'), decoded: broken }).text).toBe('words');
    expect(payloadText({ ...payload('QUJD', 'base64'), decoded: broken })).toBe('ABC');
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
