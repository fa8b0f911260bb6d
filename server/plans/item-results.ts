import type { ItemResults } from '../../lib/contract/plans.ts';
import { type Sentence, spoken, type Unspoken } from '../../lib/contract/sentence.ts';
import { ERROR, errorByCode } from '../protocol/errors.ts';

/** What Kafka answered for one partition, in its words. `harmless` names errors that mean that there was nothing to do. */
export function itemResult(
  topic: string,
  partition: number,
  answer: { errorCode: number; errorMessage: string | Sentence | null },
  harmless: readonly number[] = [],
): Unspoken<ItemResults>['items'][number] {
  const ok = answer.errorCode === ERROR.NONE || harmless.includes(answer.errorCode);
  const reason = answer.errorMessage || errorByCode(answer.errorCode).message;
  return {
    topic,
    partition,
    ok,
    error: ok ? null : typeof reason === 'string' ? spoken(reason) : reason,
  };
}
