import { Failure } from '../../lib/contract/failure.ts';
import type { PartialProblem } from '../../lib/contract/problem.ts';
import { type Sentence, spoken, type Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';

/** Something that an answer lacks, in no language yet. */
export type MissingPart = Unspoken<PartialProblem>;

/** What an answer lacks, from the failure that took it away. */
export function problemOf(subject: Sentence, cause: unknown): MissingPart {
  const { code, said } = asFailure(cause);
  return { subject, code, detail: said.detail, action: said.action };
}

/** For a part that is still being read when the answer has to go out. */
export function stillReading(subject: Sentence): MissingPart {
  return {
    subject,
    code: 'broker_timeout',
    detail: say('reading.goesOn', { part: subject }),
    action: say('reading.goesOn.do'),
  };
}

export function asFailure(cause: unknown): Failure {
  if (cause instanceof Failure) return cause;
  return new Failure('internal', spoken(cause instanceof Error ? cause.message : String(cause)), { cause });
}
