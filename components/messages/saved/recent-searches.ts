/** A search that was run on this browser. */
export interface RecentSearch {
  /** What stands after `?` in the address. */
  query: string;
  /** When it was run last, ISO 8601. */
  at: string;
}

const KEPT = 20;

/** Under which name they are kept; several topics have a list of their own. */
export function recentKey(cluster: string, topic: string | null): string {
  return `kafdeck.searches.${cluster}${topic === null ? '' : `.${topic}`}`;
}

/** The list with that search in front; it stands in it once. */
export function withSearch(recent: readonly RecentSearch[], query: string, at: string): RecentSearch[] {
  return [{ query, at }, ...recent.filter((each) => each.query !== query)].slice(0, KEPT);
}

/** What is kept, whatever somebody has made of it; nothing where the browser keeps nothing. */
export function readRecent(key: string, storage: Pick<Storage, 'getItem'> | undefined): RecentSearch[] {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isRecent).slice(0, KEPT) : [];
  } catch {
    // Storage may be forbidden, and its content anybody's: neither is a reason not to search.
    return [];
  }
}

export function keepRecent(
  key: string,
  recent: readonly RecentSearch[],
  storage: Pick<Storage, 'setItem'> | undefined,
): void {
  try {
    storage?.setItem(key, JSON.stringify(recent));
  } catch {
    // Full or forbidden: the list lives as long as the page.
  }
}

function isRecent(value: unknown): value is RecentSearch {
  const { query, at } = (value ?? {}) as Partial<RecentSearch>;
  return typeof query === 'string' && typeof at === 'string';
}
