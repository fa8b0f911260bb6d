import { describe, expect, it } from 'vitest';
import { Failure } from '../../lib/contract/failure.ts';
import { parseStartPosition } from './start-position.ts';

const time = (text: string) => {
  const position = parseStartPosition(`timestamp:${text}`);
  return position.kind === 'timestamp' ? new Date(position.timestamp).toISOString() : null;
};

describe('parseStartPosition', () => {
  it('reads every form', () => {
    expect(parseStartPosition('earliest')).toEqual({ kind: 'earliest' });
    expect(parseStartPosition('offset:-5')).toEqual({ kind: 'offset', offset: -5n });
    expect(parseStartPosition('offset:9223372036854775807')).toMatchObject({ offset: 2n ** 63n - 1n });
    expect(parseStartPosition('offsets:0=7,12=0')).toEqual({
      kind: 'offsets',
      byPartition: new Map([
        [0, 7n],
        [12, 0n],
      ]),
    });
  });

  it('reads times with and without a zone, and milliseconds', () => {
    expect(time('2026-01-31T12:00:00Z')).toBe('2026-01-31T12:00:00.000Z');
    expect(time('2026-01-31T21:00:00.5+09:00')).toBe('2026-01-31T12:00:00.500Z');
    expect(time('2026-01-31T12:00')).toBe('2026-01-31T12:00:00.000Z');
    expect(time('2026-01-31')).toBe('2026-01-31T00:00:00.000Z');
    expect(time('1769860800000')).toBe('2026-01-31T12:00:00.000Z');
    expect(time('1960-01-01T00:00:00Z')).toBe('1970-01-01T00:00:00.000Z');
  });

  it.each([
    'offset:9223372036854775808',
    'offset:-9999999999999999999',
    'offsets:0=1,0=2',
    'offsets:4294967296=1',
    'timestamp:yesterday',
    'timestamp:2026-02-40T00:00:00Z',
    'timestamp:2026-01-31T12:00:00 09:00',
  ])('refuses %s and names the field', (from) => {
    try {
      parseStartPosition(from);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Failure);
      expect(error).toMatchObject({ code: 'invalid_request', fields: [{ field: 'from' }] });
    }
  });
});
