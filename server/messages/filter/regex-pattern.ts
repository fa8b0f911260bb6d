import { Failure } from '../../../lib/contract/failure.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { exactSearch } from './byte-search.ts';
import { regexTokens } from './regex-tokens.ts';
import { requiredText } from './required-text.ts';
import { caselessSearch, type TextPattern } from './text-pattern.ts';
import { placeAt } from './text-place.ts';

/**
 * A regular expression of ECMAScript with the flag u. Flags may stand in front as in other languages: `(?i)` ignores case,
 * `(?m)` lets ^ and $ stand at every line, `(?s)` lets a dot be a line break.
 *
 * There are expressions that take longer than anybody waits, such as `(a+)+$`: nothing here ends them, the one who runs this
 * watches the thread it runs in.
 *
 * @throws Failure `invalid_request` naming the place
 */
export function regexPattern(source: string): TextPattern {
  const [leading = '', flags = ''] = /^\(\?([ims]+)\)/.exec(source) ?? [];
  const body = source.slice(leading.length);
  const mistake = regexMistake(body);
  if (mistake !== null) throw badRegex(source, leading.length + mistake.index, mistake.reason);
  const regex = new RegExp(body, `u${[...new Set(flags)].join('')}`);
  const required = requiredText(body);
  const searchFor = flags.includes('i') ? caselessSearch : exactSearch;
  return {
    isIn: (text) => regex.test(text),
    searchIn: (parts) => (required === null ? null : searchFor(required, parts)),
  };
}

function badRegex(source: string, index: number, reason: string): Failure {
  return new Failure('invalid_request', say('regex.invalid', { at: index + 1, reason }), {
    action: say('regex.invalid.do'),
    fields: [
      {
        field: 'regex',
        message: say('regex.invalid.field', { at: index + 1, reason }),
        at: placeAt(source, index, 1),
      },
    ],
  });
}

/** `Invalid regular expression: /a(/u: Unterminated group` */
function reasonOf(message: string): string {
  return message.slice(message.lastIndexOf(': ') + 2);
}

/** What is wrong with an expression, and where; null where nothing is. */
export function regexMistake(source: string): { index: number; reason: string } | null {
  const reason = mistakeOf(source);
  return reason === null ? null : { index: mistakeIn(source, reason), reason };
}

/**
 * Where a wrong expression is wrong. The engine tells only what; but it reads from left to right and stops at the first mistake,
 * so the mistake is where the shortest beginning ends that is wrong in the same way.
 */
function mistakeIn(source: string, reason: string): number {
  if (reason === 'Unterminated group') return unclosedGroup(source);
  let [right, wrong] = [0, source.length];
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    if (mistakeOf(source.slice(0, middle)) === reason) wrong = middle;
    else right = middle;
  }
  return wrong - 1;
}

function mistakeOf(source: string): string | null {
  try {
    new RegExp(source, 'u');
    return null;
  } catch (error) {
    return reasonOf((error as Error).message);
  }
}

function unclosedGroup(source: string): number {
  const open: number[] = [];
  for (const { kind, start } of regexTokens(source)) {
    if (kind === 'open') open.push(start);
    if (kind === 'close') open.pop();
  }
  return open.at(-1) ?? 0;
}
