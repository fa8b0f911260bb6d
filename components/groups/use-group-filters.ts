'use client';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { groupQuery } from '../../lib/contract/groups.ts';
import { useTypedText } from '../data/use-typed-text.ts';
import type { Sort } from '../ui/data-table-column.ts';

const SORTS = groupQuery.shape.sort.unwrap().options;
const ANY_STATE = 'all';

const parsers = {
  search: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(SORTS).withDefault('groupId'),
  order: parseAsStringLiteral(['asc', 'desc'] as const).withDefault('asc'),
  state: parseAsString.withDefault(ANY_STATE),
};

/** What the list of groups is filtered and sorted by, as the address keeps it. */
export function useGroupFilters() {
  const [filters, setFilters] = useQueryStates(parsers, { history: 'replace', clearOnDefault: true });
  const { sort, order, state } = filters;
  const [search, setSearch] = useTypedText(filters.search, (text) => void setFilters({ search: text }));
  return {
    state,
    search,
    isFiltered: search !== '' || state !== ANY_STATE,
    setSearch: (text: string) => setSearch(text.slice(0, 249)),
    setState: (next: string) => void setFilters({ state: next }),
    setSort: ({ id, order: next }: Sort) =>
      void setFilters({ sort: id as (typeof SORTS)[number], order: next }),
    clear: () => {
      setSearch('');
      void setFilters({ search: null, state: null });
    },
    sort: { id: sort, order } satisfies Sort,
    query: { sort, order, state: state === ANY_STATE ? undefined : state },
  };
}
