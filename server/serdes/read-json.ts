import { say } from '../../lib/i18n/sentences/sentence.ts';
import { DEEPEST, type Read, Written } from './plain.ts';
import { type Plain, SerdeError } from './serde.ts';

/** An integer too long for a number may follow; digits within a string only make it look. */
const LONG_INTEGER = /(?:^|[\s:,[-])\d{16}/;
const INTEGER = /^-?\d+$/;
/** A longer one is not worth its time: making it costs more than its length. */
const MOST_DIGITS = 10_000;

/**
 * The value of a JSON text; integers that a number cannot hold are bigints.
 *
 * @throws SerdeError with the place where it stops being JSON, and for nesting deeper than DEEPEST
 */
export function readJson(text: string): Plain {
  if (!LONG_INTEGER.test(text)) return parse(text) as Plain;
  return parse(text, (_, value: unknown, { source }: { source?: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) ? (longInteger(source!) ?? value) : value,
  ) as Plain;
}

/** The same with every number that is not a safe integer as it was written, for exact decimals. */
export function readJsonAsWritten(text: string): Read {
  return parse(text, (_, value: unknown, { source }: { source?: string }) => {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    return longInteger(source!) ?? new Written(source!, value);
  }) as Read;
}

function longInteger(source: string): bigint | null {
  return source.length <= MOST_DIGITS && INTEGER.test(source) ? BigInt(source) : null;
}

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

function parse(text: string, reviver?: Reviver): unknown {
  if (text.length > 2 * DEEPEST) refuseDeep(text);
  try {
    return JSON.parse(text, reviver as (this: unknown, key: string, value: unknown) => unknown);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw notJson(text);
  }
}

/** V8 parses any depth, but whoever walks the value would run out of stack. */
function refuseDeep(text: string): void {
  let depth = 0;
  let isString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isString) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) isString = false;
    } else if (code === QUOTE) isString = true;
    else if (code === OPEN_LIST || code === OPEN_MAP) {
      depth += 1;
      if (depth > DEEPEST) throw new SerdeError(say('serde.tooDeep', { most: DEEPEST }));
    } else if (code === CLOSE_LIST || code === CLOSE_MAP) depth -= 1;
  }
}
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;

/** What V8 says has a place in some messages only, and is in English: so the place is looked for. */
function notJson(text: string): SerdeError {
  const position = firstWrong(text);
  if (text.trim() === '') return new SerdeError(say('serde.emptyJson'));
  if (position >= text.length) return new SerdeError(say('serde.jsonEnds'));
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  const column = position - before.lastIndexOf('\n');
  const found = text.slice(position, position + 20).replaceAll(/\s+/g, ' ');
  return new SerdeError(say('serde.notJson', { line, column, found }));
}

const SPACE = /[\t\n\r ]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|true\b|false\b|null\b/y;

/** The first place at which a text that is not JSON is none. */
function firstWrong(text: string): number {
  const open: string[] = [];
  let position = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = position;
    const isThere = pattern.test(text);
    if (isThere) position = pattern.lastIndex;
    return isThere;
  };
  const takeString = () => {
    if (text.charCodeAt(position) !== QUOTE) return false;
    position += 1;
    for (;;) {
      const code = text.charCodeAt(position);
      if (code === QUOTE) break;
      if (code === BACKSLASH ? !take(ESCAPE) : !(code >= 0x20)) return false;
      if (code !== BACKSLASH) position += 1;
    }
    position += 1;
    return true;
  };
  let expects: 'value' | 'first' | 'name' | 'after' = 'value';
  for (;;) {
    take(SPACE);
    const character = text[position];
    if (character === undefined) return position;
    if (expects === 'after') {
      if (open.length === 0) return position;
      if (character === ',') expects = open.at(-1) === '{' ? 'name' : 'value';
      else if (character === (open.at(-1) === '{' ? '}' : ']')) open.pop();
      else return position;
      position += 1;
    } else if (expects === 'name' || (expects === 'first' && open.at(-1) === '{')) {
      if (expects === 'first' && character === '}') {
        open.pop();
        position += 1;
        expects = 'after';
        continue;
      }
      if (!takeString()) return position;
      take(SPACE);
      if (text[position] !== ':') return position;
      position += 1;
      expects = 'value';
    } else if (character === '{' || character === '[') {
      open.push(character);
      position += 1;
      expects = 'first';
    } else if (expects === 'first' && character === ']') {
      open.pop();
      position += 1;
      expects = 'after';
    } else if (takeString() || take(SCALAR)) expects = 'after';
    else return position;
  }
}
