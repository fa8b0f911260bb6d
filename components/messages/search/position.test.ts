import { describe, expect, it } from 'vitest';
import { messageFrom, messageUntil } from '../../../lib/contract/message-query.ts';
import { endPositionOf, localTime, startPositionOf, writePosition } from './position.ts';

describe('start position', () => {
  it.each([
    'latest',
    'earliest',
    'offset:0',
    'offset:-50',
    'offsets:0=12,3=7',
    'timestamp:2026-01-31T12:00:00.000Z',
    'timestamp:2026-01-31T12:00:00.123Z',
  ])('goes from the address to the form and back: %s', (from) => {
    expect(writePosition(startPositionOf(from))).toEqual({ ok: true, text: from });
    expect(messageFrom.safeParse(from).success).toBe(true);
  });

  it.each(['', 'newest', 'offset:', 'offset:1e3', 'javascript:alert(1)'])(
    'reads %j from the newest',
    (from) => {
      expect(startPositionOf(from).kind).toBe('latest');
    },
  );

  it('says what is wrong with what was typed', () => {
    const typed = { kind: 'offset', offset: '', time: '', offsets: '' } as const;
    expect(writePosition(typed)).toEqual({ ok: false, problem: 'offset-not-a-number' });
    expect(writePosition({ ...typed, offset: '12a' })).toEqual({ ok: false, problem: 'offset-not-a-number' });
    expect(writePosition({ ...typed, offset: '9223372036854775807' })).toEqual({
      ok: false,
      problem: 'offset-too-large',
    });
    expect(writePosition({ ...typed, kind: 'timestamp' })).toEqual({ ok: false, problem: 'time-missing' });
  });

  it('takes spaces and leading zeros for what they mean', () => {
    expect(writePosition({ kind: 'offset', offset: ' 007 ', time: '', offsets: '' })).toEqual({
      ok: true,
      text: 'offset:7',
    });
  });

  it('shows a time in the zone of the browser', () => {
    const local = localTime('2026-01-31T12:00:00Z');
    expect(new Date(local).toISOString()).toBe('2026-01-31T12:00:00.000Z');
    expect(localTime('yesterday')).toBe('');
  });
});

describe('end position', () => {
  it.each(['', 'offset:7', 'offsets:1=3', 'timestamp:2026-01-31T12:00:00.000Z'])(
    'goes from the address to the form and back: %j',
    (until) => {
      expect(writePosition(endPositionOf(until))).toEqual({ ok: true, text: until });
      expect(until === '' || messageUntil.safeParse(until).success).toBe(true);
    },
  );

  it.each(['latest', 'earliest', 'whenever'])('takes %j for the end', (until) => {
    expect(endPositionOf(until).kind).toBe('end');
  });
});
