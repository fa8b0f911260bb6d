'use client';

import { debounce, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { topicQuery, topicSort } from '../../lib/contract/topics.ts';
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

/** Milliseconds of quiet after which the address follows what is typed. */
const QUIET = 250;

/** What the list of topics is filtered and sorted by, as the address keeps it. */
export function useTopicFilters() {
  const [filters, setFilters] = useQueryStates(parsers, { history: 'replace', clearOnDefault: true });
  const { search, sort, order, health, internal } = filters;
  return {
    filters,
    isFiltered: search !== '' || health !== 'all',
    setSearch: (text: string) => {
      void setFilters({ search: text.slice(0, 249) }, { limitUrlUpdates: debounce(text === '' ? 0 : QUIET) });
    },
    setSort: ({ id, order: next }: Sort) => void setFilters({ sort: id as TopicSort, order: next }),
    setHealth: (next: TopicHealth) => void setFilters({ health: next }),
    setInternal: (isShown: boolean) => void setFilters({ internal: isShown }),
    clear: () => void setFilters({ search: null, health: null }),
    /** For the table: which column, which way. */
    sort: { id: sort, order } satisfies Sort,
    /** For the server. */
    query: { sort, order, health, internal: internal ? ('true' as const) : ('false' as const) },
  };
}
