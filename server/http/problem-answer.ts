import { randomUUID } from 'node:crypto';
import { Failure } from '../../lib/contract/failure.ts';
import type { Problem } from '../../lib/contract/problem.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { Locale } from '../../lib/i18n/locale.ts';
import { jsonIn, say } from '../../lib/i18n/sentences/sentence.ts';
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
  return new Failure('internal', say('api.internal', { id }), {
    action: say('api.internal.do'),
  });
}

/** What a failure tells of itself (RFC 9457). */
export function problemDocument({ type, status, code, said, kafkaError }: Failure): Unspoken<Problem> {
  const { detail, action, fields } = said;
  return { type, title: say(`title.${code}`), status, code, detail, action, errors: fields, kafkaError };
}

/** Never cached. */
export function problemAnswer(problem: Unspoken<Problem>, locale: Locale): ApiAnswer & { body: string } {
  return {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'content-language': locale,
      'cache-control': 'no-store',
    },
    body: jsonIn(() => locale, problem),
  };
}
