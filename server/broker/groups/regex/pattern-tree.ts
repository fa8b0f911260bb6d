/** Whether a character, by its code point, is meant. */
export type CharTest = (code: number) => boolean;

export type Assertion = 'start' | 'end' | 'boundary' | 'inside';

export type PatternTree =
  | { readonly kind: 'empty' }
  | { readonly kind: 'char'; readonly test: CharTest }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly PatternTree[] }
  /** `max` may be Infinity. */
  | { readonly kind: 'repeat'; readonly part: PatternTree; readonly min: number; readonly max: number };

/** Says what is wrong with a pattern in RE2's words. */
export class PatternError extends Error {
  override name = 'PatternError';
}

const NEWLINE = 10;

export const anyButNewline: CharTest = (code) => code !== NEWLINE;
const isDigit: CharTest = (code) => code >= 48 && code <= 57;
const isWord: CharTest = (code) =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isSpace: CharTest = (code) => code === 32 || (code >= 9 && code <= 13 && code !== 11);

export const not =
  (test: CharTest): CharTest =>
  (code) =>
    !test(code);

export const anyOf =
  (tests: readonly CharTest[]): CharTest =>
  (code) =>
    tests.some((test) => test(code));

export const between =
  (from: number, to: number): CharTest =>
  (code) =>
    code >= from && code <= to;

export const isWordCharacter = isWord;

/** The classes that a letter after a backslash names. */
export const PERL_CLASSES: ReadonlyMap<string, CharTest> = new Map([
  ['d', isDigit],
  ['D', not(isDigit)],
  ['s', isSpace],
  ['S', not(isSpace)],
  ['w', isWord],
  ['W', not(isWord)],
]);

const isLower = between(97, 122);
const isUpper = between(65, 90);
const isAlpha = anyOf([isLower, isUpper]);

/** The classes that `[:name:]` names inside of brackets. */
export const POSIX_CLASSES: ReadonlyMap<string, CharTest> = new Map([
  ['alnum', anyOf([isAlpha, isDigit])],
  ['alpha', isAlpha],
  ['ascii', between(0, 127)],
  ['blank', (code: number) => code === 9 || code === 32],
  ['cntrl', (code: number) => code < 32 || code === 127],
  ['digit', isDigit],
  ['graph', between(33, 126)],
  ['lower', isLower],
  ['print', between(32, 126)],
  ['punct', (code: number) => code > 32 && code < 127 && !isAlpha(code) && !isDigit(code)],
  ['space', (code: number) => isSpace(code) || code === 11],
  ['upper', isUpper],
  ['word', isWord],
  ['xdigit', anyOf([isDigit, between(65, 70), between(97, 102)])],
]);

/** A test that takes letters of either case. */
export function ignoringCase(test: CharTest): CharTest {
  return (code) => {
    if (test(code)) return true;
    const text = String.fromCodePoint(code);
    const lower = text.toLowerCase().codePointAt(0)!;
    const upper = text.toUpperCase().codePointAt(0)!;
    return (lower !== code && test(lower)) || (upper !== code && test(upper));
  };
}
