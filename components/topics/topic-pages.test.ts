import { describe, expect, it } from 'vitest';
import type { TopicPage } from '../../lib/contract/topics.ts';
import { refreshPages } from './topic-pages.ts';

function page(total: number, nextCursor: string | null): TopicPage {
  return { asOf: '2026-11-21T00:00:00Z', problems: [], items: [], total, nextCursor };
}

const held = {
  pages: [page(3, 'b'), page(3, 'c'), page(3, null)],
  pageParams: [undefined, 'b', 'c'],
};

describe('refreshPages', () => {
  it('replaces only the pages asked for', () => {
    const { data, isBroken } = refreshPages(held, 1, ['b'], [page(4, 'c')]);
    expect(data.pages.map(({ total }) => total)).toEqual([3, 4, 3]);
    expect(isBroken).toBe(false);
  });

  it('sees that the following pages no longer follow', () => {
    expect(refreshPages(held, 0, [undefined], [page(4, 'x')]).isBroken).toBe(true);
    expect(refreshPages(held, 1, ['b'], [page(2, null)]).isBroken).toBe(true);
  });

  it('does not mind where the last page ends', () => {
    expect(refreshPages(held, 2, ['c'], [page(9, 'd')]).isBroken).toBe(false);
  });

  it('leaves pages alone that were replaced while it asked', () => {
    const { data } = refreshPages(held, 1, ['old'], [page(9, 'c')]);
    expect(data).toBe(held);
  });
});
