import type { Implementation } from './cel-function.ts';
import { tooLarge } from './operators.ts';
import { EvaluationError, isList, isNumber, type Value } from './values.ts';

/** Functions of texts that are called as `text.name(…)`. Places in a text are counted in characters (code points). */
export const stringFunctions: readonly [string, Implementation][] = [
  ['contains', ofTwoTexts((text, other) => text.includes(other))],
  ['startsWith', ofTwoTexts((text, other) => text.startsWith(other))],
  ['endsWith', ofTwoTexts((text, other) => text.endsWith(other))],
  ['matches', ofTwoTexts(matches)],
  ['lowerAscii', ofText((text) => text.replace(/[A-Z]+/g, (run) => run.toLowerCase()))],
  ['upperAscii', ofText((text) => text.replace(/[a-z]+/g, (run) => run.toUpperCase()))],
  ['trim', ofText((text) => text.trim())],
  ['indexOf', indexOf],
  ['lastIndexOf', lastIndexOf],
  ['substring', substring],
  ['split', split],
  ['join', join],
];

function ofText(made: (text: string) => Value): Implementation {
  return (text) => (typeof text === 'string' ? made(text) : undefined);
}

function ofTwoTexts(made: (text: string, other: string) => Value): Implementation {
  return (text, other) =>
    typeof text === 'string' && typeof other === 'string' ? made(text, other) : undefined;
}

const regexes = new Map<string, RegExp | null>();
const MOST_REGEXES = 100;

/** An expression that is known beforehand is checked when the filter is compiled; this is for those that a message has. */
function matches(text: string, pattern: string): Value {
  let regex = regexes.get(pattern);
  if (regex === undefined) {
    if (regexes.size >= MOST_REGEXES) regexes.clear();
    regex = newRegex(pattern);
    regexes.set(pattern, regex);
  }
  return regex === null
    ? new EvaluationError('failed', `matches("${pattern.slice(0, 40)}")`)
    : regex.test(text);
}

function newRegex(pattern: string): RegExp | null {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return null;
  }
}

function indexOf(text?: Value, sought?: Value, from: Value = 0): Value | undefined {
  if (typeof text !== 'string' || typeof sought !== 'string' || !isNumber(from)) return undefined;
  const start = unitAt(text, from);
  return start === null ? outOfRange(from) : characterAt(text, text.indexOf(sought, start));
}

function lastIndexOf(text?: Value, sought?: Value, from?: Value): Value | undefined {
  if (typeof text !== 'string' || typeof sought !== 'string') return undefined;
  if (from === undefined) return characterAt(text, text.lastIndexOf(sought));
  if (!isNumber(from)) return undefined;
  const start = unitAt(text, from);
  return start === null ? outOfRange(from) : characterAt(text, text.lastIndexOf(sought, start));
}

function substring(text?: Value, from?: Value, to?: Value): Value | undefined {
  if (typeof text !== 'string' || !isNumber(from!)) return undefined;
  if (to !== undefined && !isNumber(to)) return undefined;
  const start = unitAt(text, from);
  const end = to === undefined ? text.length : unitAt(text, to);
  if (start === null) return outOfRange(from);
  return end === null || end < start ? outOfRange(to!) : text.slice(start, end);
}

function split(text?: Value, separator?: Value, most?: Value): Value | undefined {
  if (typeof text !== 'string' || typeof separator !== 'string') return undefined;
  if (most !== undefined && !isNumber(most)) return undefined;
  const pieces = separator === '' ? [...text] : text.split(separator);
  if (most === undefined || most < 0 || pieces.length <= most) return pieces;
  const limit = Number(most);
  return limit === 0 ? [] : [...pieces.slice(0, limit - 1), pieces.slice(limit - 1).join(separator)];
}

const MOST_CHARACTERS = 16_777_216;

function join(list?: Value, separator: Value = ''): Value | undefined {
  if (!isList(list!) || typeof separator !== 'string') return undefined;
  let length = 0;
  for (const piece of list) {
    if (typeof piece !== 'string') return undefined;
    length += piece.length + separator.length;
    if (length > MOST_CHARACTERS) return tooLarge();
  }
  return list.join(separator);
}

const SURROGATE = /[\ud800-\udbff]/;

/** Where a character of this number begins in JavaScript's units; null where there is none. */
function unitAt(text: string, character: number | bigint): number | null {
  const index = Number(character);
  if (!Number.isInteger(index) || index < 0) return null;
  if (!SURROGATE.test(text)) return index <= text.length ? index : null;
  const characters = [...text];
  return index <= characters.length ? characters.slice(0, index).join('').length : null;
}

function characterAt(text: string, unit: number): number {
  return unit < 0 || !SURROGATE.test(text) ? unit : [...text.slice(0, unit)].length;
}

function outOfRange(index: Value): EvaluationError {
  return new EvaluationError('failed', `index ${index}`);
}
