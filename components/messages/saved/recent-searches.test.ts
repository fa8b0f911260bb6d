import { describe, expect, it } from 'vitest';
import { keepRecent, readRecent, recentKey, withSearch } from './recent-searches.ts';

function storage(content: Record<string, string> = {}) {
  return {
    content,
    getItem: (key: string) => content[key] ?? null,
    setItem: (key: string, value: string) => {
      content[key] = value;
    },
  };
}

describe('recent searches', () => {
  it('have the last one first, each once, and not too many', () => {
    let recent = withSearch([], 'search=a', '1');
    recent = withSearch(recent, 'search=b', '2');
    recent = withSearch(recent, 'search=a', '3');
    expect(recent).toEqual([
      { query: 'search=a', at: '3' },
      { query: 'search=b', at: '2' },
    ]);
    for (let index = 0; index < 40; index += 1) recent = withSearch(recent, `search=${index}`, '4');
    expect(recent).toHaveLength(20);
    expect(recent[0]?.query).toBe('search=39');
  });

  it('are kept for each topic', () => {
    const own = storage();
    const key = recentKey('embedded', 'orders');
    keepRecent(key, withSearch([], 'search=a', '1'), own);
    expect(readRecent(key, own)).toEqual([{ query: 'search=a', at: '1' }]);
    expect(readRecent(recentKey('embedded', null), own)).toEqual([]);
  });

  it('are none where storage has something else, or nothing can be kept', () => {
    expect(readRecent('k', storage({ k: 'no json' }))).toEqual([]);
    expect(readRecent('k', storage({ k: '{"a":1}' }))).toEqual([]);
    expect(readRecent('k', storage({ k: '[1,null,{"query":"a","at":"1"}]' }))).toEqual([
      { query: 'a', at: '1' },
    ]);
    expect(readRecent('k', undefined)).toEqual([]);
    const full = {
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    expect(() => keepRecent('k', [], full)).not.toThrow();
  });
});
