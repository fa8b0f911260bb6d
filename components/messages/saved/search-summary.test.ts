import { expect, it } from 'vitest';
import { searchSummary } from './search-summary.ts';

it('says what a search looks for', () => {
  expect(searchSummary('search=a+b&filter=value.total+%3E+1&limit=500')).toBe('a b · value.total > 1');
  expect(searchSummary('regex=%5Ea&key=k-1&topics=a,b')).toBe('/^a/ · key=k-1 · topics=a,b');
  expect(searchSummary('from=earliest')).toBe('from=earliest');
  expect(searchSummary('')).toBe('…');
});
