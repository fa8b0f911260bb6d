import { describe, expect, it } from 'vitest';
import { messageQuery } from '../../../lib/contract/message-query.ts';
import { directionOf, isSearch, NEWEST, queryOf, type Reading, TESTS } from './reading.ts';

const full: Reading = {
  ...NEWEST,
  partitions: [2, 0],
  from: 'earliest',
  until: 'timestamp:2026-01-31T12:00:00Z',
  order: 'newest',
  limit: 500,
  isolation: 'committed',
  control: true,
  search: 'a b',
  in: 'value',
  matchCase: true,
  wholeWord: true,
  key: 'k',
  header: 'trace=1',
  filter: 'value.total > 1',
  tombstones: 'exclude',
  minSize: 0,
  maxSize: 10,
};

describe('queryOf', () => {
  it('asks for what the contract takes, and the contract reads it back', () => {
    const { topics: _, regex: __, ...asked } = full;
    expect(messageQuery.parse(queryOf(full))).toMatchObject(asked);
  });

  it('says nothing that goes without saying', () => {
    expect(queryOf(NEWEST)).toEqual({ from: 'latest', limit: 100 });
  });
});

describe('isSearch', () => {
  it('is one as soon as a message may be left out', () => {
    expect(isSearch({ ...NEWEST, from: 'earliest', partitions: [1], isolation: 'committed' })).toBe(false);
    for (const name of TESTS) {
      if (name === 'regex') continue;
      expect(isSearch({ ...NEWEST, [name]: full[name] }), name).toBe(true);
    }
  });
});

describe('directionOf', () => {
  it('goes backwards from the newest unless it follows or is told otherwise', () => {
    expect(directionOf(NEWEST)).toBe('newest');
    expect(directionOf({ ...NEWEST, follow: true })).toBe('oldest');
    expect(directionOf({ ...NEWEST, from: 'offset:3' })).toBe('oldest');
    expect(directionOf({ ...NEWEST, from: 'offset:3', order: 'newest' })).toBe('newest');
  });
});
