import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { ApiRequest } from './api-request.ts';

/** Whoever sends nothing for this long, while something is waited for, is gone. */
const IDLE_MS = 60_000;

/**
 * A request's body as it comes; no more is read than is asked for. Left before its end it is not cancelled: that would close
 * the connection before there is an answer.
 *
 * @param withinMs what all of it may take; node:http's own limit is switched off, since a stream may take as long as it likes
 * @throws Failure `invalid_request` when it breaks off or takes too long
 */
export async function* bodyChunks(
  request: ApiRequest,
  { idleMs = IDLE_MS, withinMs = Number.POSITIVE_INFINITY } = {},
): AsyncGenerator<Uint8Array, void> {
  const reader = request.body?.getReader();
  const until = performance.now() + withinMs;
  while (reader) {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const patience = Math.min(idleMs, until - performance.now());
    const timer = setTimeout(() => reject(brokenOff()), Math.max(0, patience));
    try {
      // A body that breaks off is an error of the stream, in words of node:http.
      const { done, value } = await Promise.race([
        reader.read().catch((cause: unknown) => Promise.reject(brokenOff(cause))),
        late,
      ]);
      if (done) return;
      yield value;
    } finally {
      clearTimeout(timer);
    }
  }
}

function brokenOff(cause?: unknown): Failure {
  return new Failure('invalid_request', say('body.brokenOff'), { cause });
}
