import type { Api } from '../protocol/codec.ts';
import { ERROR } from '../protocol/errors.ts';
import type { SendOptions } from './request.ts';

/** The `errorCode` at the top of an answer; 0 where there is none. */
export function topError(answer: unknown): number {
  return codeOf(answer);
}

const CONTROLLER_MOVED: ReadonlySet<number> = new Set([ERROR.NOT_CONTROLLER]);
const COORDINATOR_MOVED: ReadonlySet<number> = new Set([
  ERROR.NOT_COORDINATOR,
  ERROR.COORDINATOR_NOT_AVAILABLE,
  ERROR.COORDINATOR_LOAD_IN_PROGRESS,
]);

/**
 * The error that says that the target has moved, at the top or in the first item of a list: a broker that is not the
 * controller or coordinator says so of every item alike. 0: it has not.
 */
export function movedError(answer: unknown, to: SendOptions['to']): number {
  const codes =
    to === 'controller'
      ? CONTROLLER_MOVED
      : typeof to === 'object' && 'coordinator' in to
        ? COORDINATOR_MOVED
        : undefined;
  if (!codes) return 0;
  const top = codeOf(answer);
  if (codes.has(top)) return top;
  for (const value of Object.values(answer as object)) {
    const first = Array.isArray(value) ? codeOf(value[0]) : 0;
    if (codes.has(first)) return first;
  }
  return 0;
}

function codeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null || !('errorCode' in value)) return 0;
  return typeof value.errorCode === 'number' ? value.errorCode : 0;
}

const READING =
  /^(Describe|List|Fetch$|Metadata$|FindCoordinator$|OffsetFetch$|OffsetForLeaderEpoch$|ApiVersions$)|Describe$/;

/** True for an API that changes nothing, so that asking twice does no harm. */
export function isReadOnly(api: Api<unknown, unknown>): boolean {
  return READING.test(api.name);
}
