'use client';

import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { topicQuery, topicSort } from '../../lib/contract/topics.ts';
import { useTypedText } from '../data/use-typed-text.ts';
import type { Sort } from '../ui/data-table-column.ts';

export const HEALTHS = topicQuery.shape.health.unwrap().options;
export type TopicHealth = (typeof HEALTHS)[number];
type TopicSort = (typeof topicSort.options)[number];

const parsers = {
  search: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(topicSort.options).withDefault('name'),
  order: parseAsStringLiteral(['asc', 'desc'] as const).withDefault('asc'),
  health: parseAsStringLiteral(HEALTHS).withDefault('all'),
  internal: parseAsBoolean.withDefault(false),
};

/** What the list of topics is filtered and sorted by, as the address keeps it. */
export function useTopicFilters() {
  const [filters, setFilters] = useQueryStates(parsers, { history: 'replace', clearOnDefault: true });
  const { sort, order, health, internal } = filters;
  const [search, setSearch] = useTypedText(filters.search, (text) => void setFilters({ search: text }));
  return {
    health,
    internal,
    isFiltered: search !== '' || health !== 'all',
    search,
    setSearch: (text: string) => setSearch(text.slice(0, 249)),
    setSort: ({ id, order: next }: Sort) => void setFilters({ sort: id as TopicSort, order: next }),
    setHealth: (next: TopicHealth) => void setFilters({ health: next }),
    setInternal: (isShown: boolean) => void setFilters({ internal: isShown }),
    clear: () => {
      setSearch('');
      void setFilters({ search: null, health: null });
    },
    /** For the table: which column, which way. */
    sort: { id: sort, order } satisfies Sort,
    /** For the server. */
    query: { sort, order, health, internal: internal ? ('true' as const) : ('false' as const) },
  };
}
