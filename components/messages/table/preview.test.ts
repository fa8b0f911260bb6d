import { describe, expect, it } from 'vitest';
import type { Payload } from '../../../lib/contract/messages.ts';
import { NEWEST } from '../search/reading.ts';
import { findMatchesIn } from './matches.ts';
import { payloadPreview } from './preview.ts';

function payload(data: string, encoding: Payload['encoding'] = 'utf8', isTruncated = false): Payload {
  return { data, encoding, size: data.length, isTruncated };
}

const preview = (given: Payload, length?: number) => payloadPreview(given, null, length).text;

describe('payloadPreview', () => {
  it('is one line', () => {
    expect(preview(payload('{\n  "a":\t1\r\n}'))).toBe('{ "a": 1 }');
  });

  it('marks what was cut, here or on the server', () => {
    expect(preview(payload('abcdef'), 4)).toBe('abcd…');
    expect(preview(payload('abc', 'utf8', true), 4)).toBe('abc…');
    expect(preview(payload('abcd'), 4)).toBe('abcd');
  });

  it('shows what hides in a text or turns its direction', () => {
    expect(preview(payload('\u202egnp.exe a\u200bb\u0007'))).toBe('\\u202egnp.exe a\\u200bb\\u0007');
  });

  it('shows binary as hex', () => {
    expect(preview(payload('AP+A', 'base64'))).toBe('00 ff 80');
  });

  it('begins near the first match of a long text, and marks all that are in sight', () => {
    const find = findMatchesIn({ ...NEWEST, search: 'needle' }, 'value');
    const long = payload(`${'hay '.repeat(200)}needle and needle ${'hay '.repeat(200)}`);
    const { text, matches } = payloadPreview(long, find, 100);
    expect(text).toMatch(/^….*needle and needle.*…$/);
    expect(matches.map(({ start, end }) => text.slice(start, end))).toEqual(['needle', 'needle']);
    expect(payloadPreview(payload('a needle'), find).text).toBe('a needle');
  });
});
