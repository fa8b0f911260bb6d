'use client';

import { useEffect, useState } from 'react';
import { keepRecent, type RecentSearch, readRecent, recentKey, withSearch } from './recent-searches.ts';

/** Searches that were run here before; the one that is run now joins them. */
export function useRecentSearches(cluster: string, topic: string | null, query: string, isSearch: boolean) {
  const key = recentKey(cluster, topic);
  const [recent, setRecent] = useState<readonly RecentSearch[]>([]);
  useEffect(() => {
    const kept = readRecent(key, window.localStorage);
    const next = isSearch ? withSearch(kept, query, new Date().toISOString()) : kept;
    if (isSearch) keepRecent(key, next, window.localStorage);
    setRecent(next);
  }, [key, query, isSearch]);
  return {
    recent,
    clear: () => {
      keepRecent(key, [], window.localStorage);
      setRecent([]);
    },
  };
}
