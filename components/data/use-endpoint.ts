'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../lib/contract/client.ts';
import type { EndpointAnswer, EndpointCall } from '../../lib/contract/endpoint.ts';
import type { EndpointName, Endpoints } from '../../lib/contract/endpoints.ts';
import { Failure } from '../../lib/contract/failure.ts';
import { spoken } from '../../lib/contract/sentence.ts';

/** How often an open page asks anew, in milliseconds: with the snapshot's own second, a change shows within two. */
export const LIVE_INTERVAL = 1000;

/** After a failure that asking again soon will not mend (not found, not allowed). */
const SETTLED_INTERVAL = 5000;

export interface EndpointOptions {
  /** Milliseconds between requests while the tab is visible; `false` asks once. */
  refetchInterval?: number | false;
  /** False: do not ask yet. */
  isEnabled?: boolean;
  /** False: show nothing rather than the answer to the previous parameters. */
  keepsPrevious?: boolean;
}

export interface EndpointState<Name extends EndpointName> {
  data: EndpointAnswer<Endpoints[Name]> | undefined;
  /** Why the last request failed. `data` may still hold the answer before it. */
  failure: Failure | undefined;
  /** Nothing to show yet. */
  isLoading: boolean;
  /** `data` answers other parameters than those asked for now. */
  isPrevious: boolean;
  retry: () => void;
}

export function failureFrom(error: unknown): Failure | undefined {
  if (error === null || error === undefined) return undefined;
  if (error instanceof Failure) return error;
  return new Failure('internal', spoken(error instanceof Error ? error.message : String(error)), {
    cause: error,
  });
}

export function endpointKey<Name extends EndpointName>(
  name: Name,
  args: EndpointCall<Endpoints[Name]>,
): unknown[] {
  const { params, query, body } = args as { params?: object; query?: object; body?: unknown };
  return [name, params ?? {}, query ?? {}, body ?? null];
}

/**
 * What an endpoint answers, kept fresh while the page is looked at. It goes on asking after a failure, so a page mends
 * itself when the cluster is back.
 */
export function useEndpoint<Name extends EndpointName>(
  name: Name,
  args: EndpointCall<Endpoints[Name]> = {},
  { refetchInterval = LIVE_INTERVAL, isEnabled = true, keepsPrevious = true }: EndpointOptions = {},
): EndpointState<Name> {
  const query = useQuery<EndpointAnswer<Endpoints[Name]>, unknown>({
    queryKey: endpointKey(name, args),
    queryFn: ({ signal }) => call(name, args, { signal }),
    enabled: isEnabled,
    placeholderData: keepsPrevious ? keepPreviousData : undefined,
    refetchInterval: ({ state }) => {
      if (refetchInterval === false) return false;
      const failure = failureFrom(state.error);
      const isSettled = failure !== undefined && failure.status < 500;
      return isSettled ? Math.max(SETTLED_INTERVAL, refetchInterval) : refetchInterval;
    },
  });
  return {
    // The answer to other parameters must not stand in for a failure of these.
    data: query.isError && query.isPlaceholderData ? undefined : query.data,
    failure: failureFrom(query.error),
    isLoading: query.isPending,
    isPrevious: query.isPlaceholderData,
    retry: () => void query.refetch(),
  };
}
