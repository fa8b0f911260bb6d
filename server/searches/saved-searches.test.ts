import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { savedSearch } from '../../lib/contract/searches.ts';
import { Store } from '../store/store.ts';
import { deleteSavedSearch, listSavedSearches, saveSearch } from './saved-searches.ts';

let store: Store;
beforeEach(() => {
  store = new Store(':memory:');
});
afterEach(() => store.close());

const names = (cluster: string) => listSavedSearches(store, cluster).items.map(({ name }) => name);
const save = (name: string, topic: string | null = 'orders', cluster = 'one') =>
  saveSearch(store, cluster, { name, topic, query: 'search=a%20b&limit=500' });

describe('saved searches', () => {
  it('are kept for each cluster, in the order of their names', () => {
    save('late orders');
    const saved = save('Aborted', null);
    save('elsewhere', null, 'two');
    expect(names('one')).toEqual(['Aborted', 'late orders']);
    expect(names('two')).toEqual(['elsewhere']);
    expect(savedSearch.parse(saved)).toMatchObject({ topic: null, query: 'search=a%20b&limit=500' });
    expect(listSavedSearches(store, 'one').items[0]).toEqual(saved);
  });

  it('have one name each, of one topic', () => {
    save('late');
    save('late', 'payments');
    save('late', null);
    expect(() => save('late')).toThrow(/already/);
    expect(() => save('late', null)).toThrow(/already/);
    expect(names('one')).toHaveLength(3);
  });

  it('are so many that somebody can still find one', () => {
    for (let index = 0; index < 500; index += 1) save(`search ${index}`);
    expect(() => save('one more')).toThrow(/500/);
    save('one more', null, 'two');
  });

  it('are forgotten, and only once, by those who see their cluster', () => {
    const { id } = save('late');
    expect(() => deleteSavedSearch(store, 'two', id)).toThrow(/no such/);
    expect(deleteSavedSearch(store, 'one', id)).toEqual({ ok: true });
    expect(names('one')).toEqual([]);
    expect(() => deleteSavedSearch(store, 'one', id)).toThrow(/no such/);
  });
});
