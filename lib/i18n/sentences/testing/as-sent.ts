import type { Locale } from '../../locale.ts';
import { jsonIn } from '../sentence.ts';

/** What reaches the one who asked of what a use case gives. */
export function asSent<Answer = unknown>(given: unknown, locale: Locale = 'en'): Answer {
  return JSON.parse(jsonIn(() => locale, given)) as Answer;
}
