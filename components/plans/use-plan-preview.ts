'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../../lib/contract/client.ts';
import type { Failure } from '../../lib/contract/failure.ts';
import type { Plan, PlanRequest } from '../../lib/contract/plans.ts';

export interface PlanPreview {
  plan: Plan | null;
  /** Why it would be refused; `fields` names what is wrong where the server knows. */
  failure: Failure | null;
  /** The plan shown belongs to an earlier state of the form, or none is there yet. */
  isWorking: boolean;
}

/** Milliseconds of quiet after which a typed change is worked out. */
const QUIET = 300;

function useQuiet<Value>(value: Value): Value {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), QUIET);
    return () => clearTimeout(timer);
  }, [value]);
  return quiet;
}

/**
 * What a change would do, kept in step with the form that describes it. Null while the form is not complete. Nothing
 * is changed on the cluster.
 */
export function usePlanPreview(cluster: string, request: PlanRequest | null): PlanPreview {
  const text = request === null ? null : JSON.stringify(request);
  const quiet = useQuiet(text);
  const query = useQuery({
    queryKey: ['cluster', cluster, 'plan', quiet],
    queryFn: ({ signal }) =>
      call(
        'previewPlan',
        { params: { cluster }, body: JSON.parse(quiet as string) as PlanRequest },
        { signal },
      ),
    enabled: quiet !== null,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    gcTime: 0,
    retry: false,
  });
  const isCurrent = quiet === text && !query.isPlaceholderData;
  return {
    plan: text === null ? null : (query.data ?? null),
    failure: text === null || quiet !== text ? null : (query.error as Failure | null),
    isWorking: text !== null && (!isCurrent || query.isFetching),
  };
}
