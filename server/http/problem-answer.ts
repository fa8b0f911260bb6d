import { randomUUID } from 'node:crypto';
import { Failure } from '../../lib/contract/failure.ts';
import type { ApiAnswer } from './api-request.ts';
import { log } from './log.ts';

/**
 * What went wrong, as a failure that may be told to anybody. An error that nobody foresaw is logged under an id, and
 * only the id is told.
 */
export function failureFrom(error: unknown, subject: string): Failure {
  if (error instanceof Failure) {
    if (error.code === 'internal') log().error({ err: error, subject }, error.message);
    return error;
  }
  const id = randomUUID();
  log().error({ err: error, subject, id }, 'unexpected error');
  return new Failure('internal', `Something went wrong in Kafdeck (error ${id})`, {
    action: 'Look for this id in the console’s log; if it happens again, report it with what the log says',
  });
}

/** RFC 9457. Never cached. */
export function problemAnswer(failure: Failure): ApiAnswer {
  const problem = failure.toProblem();
  return {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: JSON.stringify(problem),
  };
}
