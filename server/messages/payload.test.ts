import { describe, expect, it } from 'vitest';
import { payloadOf } from './payload.ts';

describe('payloadOf', () => {
  it('tells UTF-8 as text and everything else as base64', () => {
    expect(payloadOf(Buffer.from('안녕'), 100)).toEqual({
      encoding: 'utf8',
      data: '안녕',
      size: 6,
      isTruncated: false,
    });
    expect(payloadOf(Buffer.from([0xff, 0x00]), 100)).toEqual({
      encoding: 'base64',
      data: '/wA=',
      size: 2,
      isTruncated: false,
    });
  });

  it('never cuts a character in two, wherever the limit falls', () => {
    const text = 'a é 안 😀';
    const bytes = Buffer.from(text);
    for (let limit = 0; limit < bytes.length; limit++) {
      const { data, encoding, isTruncated, size } = payloadOf(bytes, limit);
      expect(encoding).toBe('utf8');
      expect(text.startsWith(data)).toBe(true);
      expect(limit - Buffer.byteLength(data)).toBeGreaterThanOrEqual(0);
      expect(limit - Buffer.byteLength(data)).toBeLessThan(4);
      expect({ isTruncated, size }).toEqual({ isTruncated: true, size: bytes.length });
    }
  });

  it('keeps base64 for bytes whose first part alone would be text', () => {
    const { encoding, data } = payloadOf(Buffer.from([0x41, 0x42, 0xff]), 2);
    expect(encoding).toBe('base64');
    expect(Buffer.from(data, 'base64').toString()).toBe('AB');
  });

  it('keeps every byte of what fits: marks, NUL and an empty value', () => {
    for (const text of ['\ufeffx', 'a\0b', '']) {
      expect(payloadOf(Buffer.from(text), 10)).toMatchObject({ data: text, isTruncated: false });
    }
  });
});
