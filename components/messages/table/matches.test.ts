import { describe, expect, it } from 'vitest';
import { NEWEST, type Reading } from '../search/reading.ts';
import { findMatchesIn } from './matches.ts';

const found = (reading: Partial<Reading>, text: string) =>
  findMatchesIn({ ...NEWEST, ...reading }, 'value')?.(text).map(({ start, end }) => text.slice(start, end)) ??
  null;

describe('findMatchesIn', () => {
  it('finds text without its case, unless it matters', () => {
    expect(found({ search: 'ada' }, 'Ada, ADA and radar')).toEqual(['Ada', 'ADA', 'ada']);
    expect(found({ search: 'Ada', matchCase: true }, 'Ada, ADA')).toEqual(['Ada']);
  });

  it('takes signs of a pattern for what they are', () => {
    expect(found({ search: '1.5 (a)-[b]' }, 'x 1.5 (A)-[b] 125')).toEqual(['1.5 (A)-[b]']);
  });

  it('finds whole words, in any script', () => {
    expect(found({ search: 'ada', wholeWord: true }, 'radar ada_ Ada.')).toEqual(['Ada']);
    expect(found({ search: '주문', wholeWord: true }, '주문번호 주문')).toEqual(['주문']);
    expect(found({ search: '{"a', wholeWord: true }, '{"ab {"a"')).toEqual(['{"a']);
  });

  it('finds a pattern, with the flags that stand in front', () => {
    expect(found({ regex: 'o-\\d+' }, 'o-12 O-13')).toEqual(['o-12']);
    expect(found({ regex: '(?i)o-\\d+' }, 'o-12 O-13')).toEqual(['o-12', 'O-13']);
    expect(found({ regex: 'x*' }, 'aaxx')).toEqual(['xx']);
  });

  it('leaves alone what may take for ever, and what is no pattern', () => {
    for (const regex of ['(a+)+$', '(a|aa)+$', '((a+)b)*', '(a*)*', '(\\w+)\\1', '(']) {
      expect(found({ regex }, 'aaaa'), regex).toBeNull();
    }
    for (const regex of ['(abc)+', '[(+]+', 'a+b*', '(a|b)c', '(?:GET|POST) /\\w+'])
      expect(found({ regex }, 'aaaa'), regex).not.toBeNull();
  });

  it('marks only the part that was looked at', () => {
    expect(findMatchesIn({ ...NEWEST, search: 'a', in: 'key' }, 'value')).toBeNull();
    expect(findMatchesIn({ ...NEWEST, search: 'a', in: 'key' }, 'key')).not.toBeNull();
    expect(findMatchesIn(NEWEST, 'value')).toBeNull();
  });
});
