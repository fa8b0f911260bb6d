'use client';

import type { Failure } from '../../lib/contract/failure.ts';
import type { Plan, PlanRequest } from '../../lib/contract/plans.ts';
import { useDebounced } from '../data/use-debounced.ts';
import { useEndpoint } from '../data/use-endpoint.ts';

export interface PlanPreview {
  plan: Plan | undefined;
  /** Why it would be refused; `fields` names what is wrong where the server knows. */
  failure: Failure | undefined;
  /** The plan shown belongs to an earlier state of the form, or none is there yet. */
  isWorking: boolean;
}

/** Milliseconds of quiet after which a typed change is worked out. */
const QUIET = 300;

/** Any valid request: stands in while there is none, and is never sent. */
const NOTHING: PlanRequest = { operation: 'elect-leaders', body: {} };

/**
 * What a change would do, kept in step with the form that describes it. Null while the form is not complete. Nothing
 * is changed on the cluster. `isHeld` while the change is being done and after: asked then, it would be refused as done.
 */
export function usePlanPreview(
  cluster: string,
  request: PlanRequest | null,
  { isHeld = false }: { isHeld?: boolean } = {},
): PlanPreview {
  const text = request === null ? null : JSON.stringify(request);
  const quiet = useDebounced(text, QUIET);
  const body = quiet === null ? NOTHING : (JSON.parse(quiet) as PlanRequest);
  const preview = useEndpoint(
    'previewPlan',
    { params: { cluster }, body },
    { refetchInterval: false, isEnabled: quiet !== null && !isHeld },
  );
  const isCurrent =
    quiet === text && !preview.isPrevious && (preview.data !== undefined || preview.failure !== undefined);
  return {
    plan: text === null ? undefined : preview.data,
    failure: text === null || quiet !== text ? undefined : preview.failure,
    isWorking: text !== null && !isCurrent,
  };
}
