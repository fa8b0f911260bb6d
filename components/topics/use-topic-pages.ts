'use client';

import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { call } from '../../lib/contract/client.ts';
import type { Failure } from '../../lib/contract/failure.ts';
import type { PartialProblem } from '../../lib/contract/problem.ts';
import type { TopicPage, TopicRow } from '../../lib/contract/topics.ts';
import { type PagesData, refreshPages } from './topic-pages.ts';

export interface TopicFilters {
  search: string;
  sort:
    | 'name'
    | 'partitionCount'
    | 'replicationFactor'
    | 'preferredLeaderPercent'
    | 'underReplicatedPartitionCount'
    | 'customConfigCount';
  order: 'asc' | 'desc';
  health: 'all' | 'under-replicated' | 'offline' | 'not-preferred';
  internal: boolean;
}

export interface TopicPages {
  rows: TopicRow[];
  /** Topics that match the filters; null while not known. */
  total: number | null;
  problems: PartialProblem[];
  asOf: string | null;
  /** Why there is nothing, or why what is there is old. */
  failure: Failure | null;
  isLoading: boolean;
  /** What is shown belongs to the filters before. */
  isStale: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  /** Tells which rows are on the screen: only their pages are kept fresh. */
  show: (firstRow: number, lastRow: number) => void;
  retry: () => void;
}

const PAGE_SIZE = 100;
/** Milliseconds between two looks at the pages on the screen. */
const FRESH_EVERY = 1000;

/**
 * The topics that match, page by page as one scrolls. Pages that are out of sight are not asked for again: a list of
 * 10,000 topics costs as little to keep fresh as one of 100.
 */
export function useTopicPages(cluster: string, filters: TopicFilters): TopicPages {
  const client = useQueryClient();
  const { search, sort, order, health, internal } = filters;
  const key = useMemo(
    () => ['cluster', cluster, 'topics', { search, sort, order, health, internal }] as const,
    [cluster, search, sort, order, health, internal],
  );
  const [visible, setVisible] = useState({ first: 0, last: 0 });

  const read = useCallback(
    (cursor: string | undefined, signal: AbortSignal) =>
      call(
        'listTopics',
        {
          params: { cluster },
          query: {
            search,
            sort,
            order,
            health,
            internal: internal ? 'true' : 'false',
            limit: PAGE_SIZE,
            cursor,
          },
        },
        { signal },
      ),
    [cluster, search, sort, order, health, internal],
  );

  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: TopicPage) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: FRESH_EVERY,
    retry: false,
  });

  const { refetch } = pages;
  const fresh = useQuery({
    queryKey: [...key, 'fresh', visible],
    queryFn: async ({ signal }) => {
      const held = client.getQueryData<PagesData>(key);
      if (!held) return null;
      const asked = held.pageParams.slice(visible.first, visible.last + 1);
      const answers = await Promise.all(asked.map((cursor) => read(cursor, signal)));
      let isBroken = false;
      client.setQueryData<PagesData>(key, (now) => {
        if (!now) return now;
        const refreshed = refreshPages(now, visible.first, asked, answers);
        isBroken = refreshed.isBroken;
        return refreshed.data;
      });
      if (isBroken) void refetch();
      return answers.length;
    },
    enabled: pages.isSuccess && !pages.isPlaceholderData,
    refetchInterval: FRESH_EVERY,
    gcTime: 0,
    retry: false,
  });

  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const newest = pages.data?.pages[Math.min(visible.first, pages.data.pages.length - 1)];

  const show = useCallback((firstRow: number, lastRow: number) => {
    const first = Math.max(0, Math.floor(firstRow / PAGE_SIZE));
    const last = Math.max(first, Math.floor(lastRow / PAGE_SIZE));
    setVisible((now) => (now.first === first && now.last === last ? now : { first, last }));
  }, []);

  return {
    rows,
    total: newest?.total ?? null,
    problems: newest?.problems ?? [],
    asOf: newest?.asOf ?? null,
    failure: (pages.error ?? fresh.error) as Failure | null,
    isLoading: pages.isPending,
    isStale: pages.isPlaceholderData,
    hasMore: pages.hasNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    loadMore: pages.fetchNextPage,
    show,
    retry: refetch,
  };
}
