import type { ItemResults } from '../../lib/contract/plans.ts';
import { ERROR, errorByCode } from '../protocol/errors.ts';

/** What Kafka answered for one partition. `harmless` names errors that mean that there was nothing to do. */
export function itemResult(
  topic: string,
  partition: number,
  answer: { errorCode: number; errorMessage: string | null },
  harmless: readonly number[] = [],
): ItemResults['items'][number] {
  const ok = answer.errorCode === ERROR.NONE || harmless.includes(answer.errorCode);
  return {
    topic,
    partition,
    ok,
    error: ok ? null : answer.errorMessage || errorByCode(answer.errorCode).message,
  };
}
