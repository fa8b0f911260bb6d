import { randomUUID } from 'node:crypto';
import { Failure } from '../../lib/contract/failure.ts';
import type { SavedSearch, SaveSearchBody } from '../../lib/contract/searches.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Store } from '../store/store.ts';

/** Of one cluster; what nobody finds any more helps nobody. */
const MOST = 500;

export function listSavedSearches(store: Store, cluster: string): { items: SavedSearch[] } {
  return { items: store.savedSearches(cluster).map(told) };
}

/**
 * Remembers a search under a name.
 *
 * @throws Failure `conflict` where the topic has one of that name, or the cluster has too many
 */
export function saveSearch(
  store: Store,
  cluster: string,
  { name, topic, query }: SaveSearchBody,
): SavedSearch {
  const known = store.savedSearches(cluster);
  if (known.some((each) => each.name === name && each.topic === topic)) {
    throw new Failure('conflict', say('search.nameTaken', { name }), {
      action: say('search.nameTaken.do'),
      fields: [{ field: 'name', message: say('search.nameTaken.field') }],
    });
  }
  if (known.length >= MOST) {
    throw new Failure('conflict', say('search.tooMany', { count: MOST }), {
      action: say('search.tooMany.do'),
    });
  }
  const search = { id: randomUUID(), cluster, name, topic, query, savedAt: new Date().toISOString() };
  store.addSavedSearch(search);
  return told(search);
}

/** @throws Failure `not_found` where there is none */
export function deleteSavedSearch(store: Store, cluster: string, id: string): { ok: true } {
  if (!store.removeSavedSearch(cluster, id)) {
    throw new Failure('not_found', say('search.unknown'), { action: say('search.unknown.do') });
  }
  return { ok: true };
}

function told({ id, name, topic, query, savedAt }: SavedSearch): SavedSearch {
  return { id, name, topic, query, savedAt };
}
