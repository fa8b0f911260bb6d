/** What a search is about, in the order in which a person would say it. */
const TOLD = ['search', 'regex', 'filter', 'key', 'header', 'tombstones', 'minSize', 'maxSize', 'topics'];

/** A search in one line, out of the query of its address: what it looks for, without where it begins. */
export function searchSummary(query: string): string {
  const parameters = new URLSearchParams(query);
  const parts = TOLD.flatMap((name) => {
    const value = parameters.get(name);
    if (!value) return [];
    if (name === 'search' || name === 'filter') return [value];
    return [name === 'regex' ? `/${value}/` : `${name}=${value}`];
  });
  return parts.join(' · ') || query || '…';
}
