'use client';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { call } from '../../lib/contract/client.ts';
import type { EndpointAnswer, EndpointCall } from '../../lib/contract/endpoint.ts';
import type { Endpoints } from '../../lib/contract/endpoints.ts';
import type { Failure } from '../../lib/contract/failure.ts';
import type { PartialProblem } from '../../lib/contract/problem.ts';
import { endpointKey, failureFrom, LIVE_INTERVAL } from './use-endpoint.ts';

type PagedName = 'listTopics' | 'listGroups' | 'listBrokerPartitions';
type Row<Name extends PagedName> = EndpointAnswer<Endpoints[Name]>['items'][number];

export interface PagedState<Item> {
  /** The rows of every page loaded so far, in order; undefined before the first. */
  rows: Item[] | undefined;
  /** How many there are on the server; undefined before the first page. */
  total: number | undefined;
  problems: PartialProblem[];
  failure: Failure | undefined;
  isLoading: boolean;
  /** The rows answer another search or order than the one asked for now. */
  isPrevious: boolean;
  hasMore: boolean;
  /** Loads the page after the last: for the end of a list that is scrolled. */
  loadMore: () => void;
  /** Only the pages in sight are kept fresh: a list of 10,000 costs no more than one of 100. */
  setVisibleRows: (first: number, last: number) => void;
  retry: () => void;
}

interface PageResult {
  data: unknown;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
}

/** At module level, so that React Query calls it only when a page has changed. */
function combineResults<Name extends PagedName>(pages: PageResult[]) {
  return {
    answers: pages.map((page) => page.data as EndpointAnswer<Endpoints[Name]> | undefined),
    error: pages.find((page) => page.isError)?.error,
    refetchFailed: () => {
      for (const page of pages) if (page.isError) page.refetch();
    },
  };
}

/**
 * A list that is paged on the server by cursors, loaded as far as one has scrolled. Changing the query starts anew at
 * the first page, showing the old rows until the new ones are there.
 */
export function usePagedEndpoint<Name extends PagedName>(
  name: Name,
  args: EndpointCall<Endpoints[Name]>,
  { limit = 100 }: { limit?: number } = {},
): PagedState<Row<Name>> {
  const identity = JSON.stringify(endpointKey(name, args));
  const [place, setPlace] = useState({
    identity,
    cursors: [undefined] as (string | undefined)[],
    first: 0,
    last: 0,
  });
  const isSame = place.identity === identity;
  const cursors = isSame ? place.cursors : [undefined];
  const firstPage = isSame ? Math.floor(place.first / limit) : 0;
  const lastPage = isSame ? Math.floor(place.last / limit) : 0;

  const { answers, error, refetchFailed } = useQueries({
    combine: combineResults<Name>,
    queries: cursors.map((cursor, index) => {
      const paged = { ...args, query: { ...args.query, limit, cursor } } as EndpointCall<Endpoints[Name]>;
      return {
        queryKey: endpointKey(name, paged),
        queryFn: ({ signal }: { signal: AbortSignal }) => call(name, paged, { signal }),
        refetchInterval: index >= firstPage && index <= lastPage ? LIVE_INTERVAL : (false as const),
      };
    }),
  });

  const head = answers[0];
  const tail = answers.at(-1);
  const rows = useMemo(
    () => (answers[0] ? answers.flatMap((answer) => (answer?.items ?? []) as Row<Name>[]) : undefined),
    [answers],
  );
  const [shown, setShown] = useState<{ rows: Row<Name>[]; total: number }>();
  useEffect(() => {
    if (rows && head) setShown({ rows, total: head.total });
  }, [rows, head]);

  const failure = failureFrom(error);
  const nextCursor = tail?.nextCursor ?? null;
  const isPrevious = rows === undefined && shown !== undefined && failure === undefined;
  return {
    rows: rows ?? (isPrevious ? shown?.rows : undefined),
    total: head?.total ?? (isPrevious ? shown?.total : undefined),
    problems: head?.problems ?? [],
    failure,
    isLoading: rows === undefined && failure === undefined && !isPrevious,
    isPrevious,
    hasMore: nextCursor !== null,
    loadMore: () => {
      if (nextCursor !== null) setPlace({ ...place, identity, cursors: [...cursors, nextCursor] });
    },
    setVisibleRows: (first, last) => {
      if (Math.floor(first / limit) === firstPage && Math.floor(last / limit) === lastPage) return;
      setPlace({ identity, cursors, first, last });
    },
    retry: refetchFailed,
  };
}
