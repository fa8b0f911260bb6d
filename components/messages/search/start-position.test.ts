import { describe, expect, it } from 'vitest';
import { messageFrom } from '../../../lib/contract/message-query.ts';
import { formatAddress, messageHref, parseAddress } from '../message-address.ts';
import { fromOf, localTime, startPositionOf } from './start-position.ts';

describe('start position', () => {
  it.each(['latest', 'earliest', 'offset:0', 'offset:-50', 'timestamp:2026-01-31T12:00:00.000Z'])(
    'goes from the URL to the form and back: %s',
    (from) => {
      const back = fromOf(startPositionOf(from));
      expect(back).toEqual({ ok: true, from });
      expect(messageFrom.safeParse(from).success).toBe(true);
    },
  );

  it.each(['', 'newest', 'offset:', 'offset:1e3', 'javascript:alert(1)'])(
    'reads %j from the newest',
    (from) => {
      expect(startPositionOf(from).kind).toBe('latest');
    },
  );

  it('says what is wrong with what was typed', () => {
    const typed = { kind: 'offset', offset: '', time: '' } as const;
    expect(fromOf(typed)).toEqual({ ok: false, problem: 'offset-not-a-number' });
    expect(fromOf({ ...typed, offset: '12a' })).toEqual({ ok: false, problem: 'offset-not-a-number' });
    expect(fromOf({ ...typed, offset: '9223372036854775807' })).toEqual({
      ok: false,
      problem: 'offset-too-large',
    });
    expect(fromOf({ ...typed, kind: 'timestamp' })).toEqual({ ok: false, problem: 'time-missing' });
  });

  it('takes spaces and leading zeros for what they mean', () => {
    expect(fromOf({ kind: 'offset', offset: ' 007 ', time: '' })).toEqual({ ok: true, from: 'offset:7' });
  });

  it('shows a time in the zone of the browser', () => {
    const local = localTime('2026-01-31T12:00:00Z');
    expect(new Date(local).toISOString()).toBe('2026-01-31T12:00:00.000Z');
    expect(localTime('yesterday')).toBe('');
  });
});

describe('message address', () => {
  it('goes to text and back', () => {
    expect(parseAddress(formatAddress({ partition: 3, offset: 1042 }))).toEqual({
      partition: 3,
      offset: 1042,
    });
  });

  it.each(['', '3', '3-', '-3-4', '3-4-5', '3-1e4', '3-9999999999999999', 'a-b'])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  it('links to the message with encoded names', () => {
    expect(messageHref('embedded', 'a.b_c', { partition: 1, offset: 9 })).toBe(
      '/clusters/embedded/topics/a.b_c/messages?partition=1&from=offset%3A9&at=1-9',
    );
  });
});
