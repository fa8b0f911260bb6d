import { describe, expect, it } from 'vitest';
import { Failure } from '../../lib/contract/failure.ts';
import { pageOf } from './page.ts';

const rows = [
  { value: 1, name: 'b' },
  { value: 1, name: 'c' },
  { value: 2, name: 'a' },
  { value: 3, name: 'd' },
  { value: 3, name: 'e' },
];
const positionOf = (row: { value: number; name: string }) => [row.value, row.name];

function walk(order: 'asc' | 'desc', limit: number, list = rows): string[] {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = pageOf(list, { order, limit, cursor }, positionOf);
    names.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return names;
}

describe('pageOf', () => {
  it.each([1, 2, 3, 5, 10])('gives every item once, %i at a time', (limit) => {
    expect(walk('asc', limit)).toEqual(['b', 'c', 'a', 'd', 'e']);
    expect(walk('desc', limit)).toEqual(['e', 'd', 'a', 'c', 'b']);
  });

  it('has no next page after the last one', () => {
    expect(pageOf(rows, { order: 'asc', limit: 5 }, positionOf).nextCursor).toBeNull();
    expect(pageOf([], { order: 'desc', limit: 5 }, positionOf)).toEqual({
      items: [],
      total: 0,
      nextCursor: null,
    });
  });

  it('goes on at the right place when the item of the cursor is gone', () => {
    const { nextCursor } = pageOf(rows, { order: 'asc', limit: 2 }, positionOf);
    const without = rows.filter(({ name }) => name !== 'c');
    const next = pageOf(without, { order: 'asc', limit: 1, cursor: nextCursor! }, positionOf);
    expect(next.items[0]?.name).toBe('a');
  });

  it.each(['x', '', 'e30', Buffer.from('[{}]').toString('base64url')])('refuses the cursor %j', (cursor) => {
    expect(() => pageOf(rows, { order: 'asc', limit: 1, cursor }, positionOf)).toThrow(Failure);
  });
});
