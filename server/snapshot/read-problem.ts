import { Failure } from '../../lib/contract/failure.ts';
import type { PartialProblem } from '../../lib/contract/problem.ts';

/** What an answer lacks, from the failure that took it away. */
export function problemOf(subject: string, cause: unknown): PartialProblem {
  const failure = asFailure(cause);
  return { subject, code: failure.code, detail: failure.message, action: failure.action };
}

/** For a part that is still being read when the answer has to go out. */
export function stillReading(subject: string): PartialProblem {
  return {
    subject,
    code: 'broker_timeout',
    detail: `A broker has not answered about ${subject} yet`,
    action: 'It is filled in as soon as the broker answers',
  };
}

export function asFailure(cause: unknown): Failure {
  if (cause instanceof Failure) return cause;
  return new Failure('internal', cause instanceof Error ? cause.message : String(cause), { cause });
}
