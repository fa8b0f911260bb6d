'use client';

import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/contract/client.ts';
import type { Failure } from '../../../lib/contract/failure.ts';
import { failureFrom } from '../../data/use-endpoint.ts';
import { isMeant, isPattern, literalPart, MOST_TOPICS } from './topic-pattern.ts';

const PAGE = 500;

export interface MeantTopics {
  /** In the order of their names, at most as many as one search may be about; undefined while they are asked for. */
  topics: readonly string[] | undefined;
  /** How many the patterns mean in all. */
  count: number;
  failure: Failure | undefined;
}

const NONE: readonly string[] = [];

/** The topics that names and patterns mean now. */
export function useMeantTopics(cluster: string, asked: readonly string[]): MeantTopics {
  const patterns = asked.filter(isPattern);
  const query = useQuery({
    queryKey: ['cluster', cluster, 'topics-meant', patterns],
    queryFn: async ({ signal }) => {
      const found = await Promise.all(patterns.map((pattern) => namesOf(cluster, pattern, signal)));
      return found.flat();
    },
    enabled: patterns.length > 0,
    refetchInterval: false,
  });
  if (patterns.length > 0 && !query.data) {
    return { topics: query.isError ? NONE : undefined, count: 0, failure: failureFrom(query.error) };
  }
  const names = asked.filter((each) => !isPattern(each));
  const all = [...new Set([...names, ...(query.data ?? [])])].sort();
  return { topics: all.slice(0, MOST_TOPICS), count: all.length, failure: undefined };
}

async function namesOf(cluster: string, pattern: string, signal: AbortSignal): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await call(
      'listTopics',
      {
        params: { cluster },
        query: { search: literalPart(pattern), internal: 'true', limit: PAGE, cursor },
      },
      { signal },
    );
    names.push(...page.items.map(({ name }) => name).filter((name) => isMeant(name, pattern)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return names;
}
