import type { MessageEnd } from '../../../lib/contract/messages.ts';
import type { Sentence, Unspoken } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';

/** Records that a filter could not be asked about: they do not match. Plain data, so that workers can send and the engine can add it up. */
export interface Unevaluated {
  count: number;
  /** The first one, and why. */
  first: { topic: string; partition: number; offset: number; why: EvaluationProblem } | null;
}

/** Why an expression has no result for a record. */
export interface EvaluationProblem {
  code: 'no-such-key' | 'wrong-types' | 'unreadable' | 'failed';
  /** The key that is missing, the operation and its types, the part that could not be read, or what failed. */
  about: string;
}

/** `no such key: total` */
export function evaluationSentence({ code, about }: EvaluationProblem): Sentence {
  switch (code) {
    case 'no-such-key':
      return say('filter.noSuchKey', { name: about });
    case 'wrong-types':
      return say('filter.wrongTypes', { operation: about });
    case 'unreadable':
      return say(about === 'key' ? 'filter.unreadableKey' : 'filter.unreadableValue');
    case 'failed':
      return say('filter.failed', { what: about });
  }
}

/** Those of several searches together. */
export function addUnevaluated(all: readonly Readonly<Unevaluated>[]): Unevaluated {
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    first: all.find(({ first }) => first !== null)?.first ?? null,
  };
}

/** What the contract tells of them: nothing where all could be evaluated. */
export function tellUnevaluated(
  unevaluated: Readonly<Unevaluated>,
): Pick<Unspoken<MessageEnd>, 'unevaluated'> {
  const detail = unevaluatedSentence(unevaluated);
  return detail === null ? {} : { unevaluated: { count: unevaluated.count, detail } };
}

/** `12,031 messages could not be evaluated, and do not match: no such key: total (orders-3, offset 17)`; null where all could. */
export function unevaluatedSentence({ count, first }: Unevaluated): Sentence | null {
  if (first === null) return null;
  const { topic, partition, offset, why } = first;
  return say('filter.unevaluated', { count, topic, partition, offset, why: evaluationSentence(why) });
}
