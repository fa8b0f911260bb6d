/** A piece of a regular expression. */
export type RegexToken =
  /** One character, which the piece stands for. */
  | { kind: 'character'; start: number; end: number; character: string }
  /** `.`, `\d`, `[…]`: one character of several. */
  | { kind: 'set'; start: number; end: number }
  /** `(`, `(?:`, `(?<name>`, `(?!`. */
  | { kind: 'open'; start: number; end: number }
  | { kind: 'close'; start: number; end: number }
  | { kind: 'or'; start: number; end: number }
  /** How often what is before it stands there, at least. */
  | { kind: 'quantifier'; start: number; end: number; least: number }
  /** `^`, `$`, `\b`, `\1`: no character of its own, or one that nobody can tell. */
  | { kind: 'other'; start: number; end: number };

const OPENINGS = /\((?:\?(?::|=|!|<=|<!|<[^>]*>|[a-z-]*:))?/uy;
const CLASS = /\[(?:\\[\s\S]|[^\]\\])*\]?/uy;
const QUANTIFIER = /(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/uy;
const ESCAPE =
  /\\(?:u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[a-zA-Z]|[pP]\{[^}]*\}|k<[^>]*>|[0-9]+|[\s\S])/uy;

/**
 * A regular expression in the syntax of ECMAScript with the flag u, in pieces. Of one that is wrong it gives pieces too: only
 * what comes before the mistake means something.
 */
export function* regexTokens(source: string): Generator<RegexToken> {
  for (let start = 0; start < source.length; ) {
    const token = tokenAt(source, start);
    yield token;
    start = token.end;
  }
}

function tokenAt(source: string, start: number): RegexToken {
  switch (source[start]) {
    case '(':
      return { kind: 'open', start, end: endOf(OPENINGS, source, start) };
    case ')':
      return { kind: 'close', start, end: start + 1 };
    case '|':
      return { kind: 'or', start, end: start + 1 };
    case '[':
      return { kind: 'set', start, end: endOf(CLASS, source, start) };
    case '.':
      return { kind: 'set', start, end: start + 1 };
    case '^':
    case '$':
      return { kind: 'other', start, end: start + 1 };
    case '*':
    case '+':
    case '?':
    case '{':
      return quantifierAt(source, start);
    case '\\':
      return escapeAt(source, start);
    default: {
      const character = String.fromCodePoint(source.codePointAt(start)!);
      return { kind: 'character', start, end: start + character.length, character };
    }
  }
}

function quantifierAt(source: string, start: number): RegexToken {
  QUANTIFIER.lastIndex = start;
  const match = QUANTIFIER.exec(source);
  if (match === null) return { kind: 'other', start, end: start + 1 };
  const least = source[start] === '+' ? 1 : Number(match[1] ?? 0);
  return { kind: 'quantifier', start, end: start + match[0].length, least };
}

const CONTROLS: Record<string, string> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v', '0': '\0' };

function escapeAt(source: string, start: number): RegexToken {
  const end = endOf(ESCAPE, source, start);
  const escaped = source.slice(start + 1, end);
  if (/^[dDsSwW]$|^[pP]\{/.test(escaped)) return { kind: 'set', start, end };
  const code = /^(?:u\{([0-9a-fA-F]+)\}|[ux]([0-9a-fA-F]+))$/.exec(escaped);
  const point = code ? Number.parseInt(code[1] ?? code[2]!, 16) : null;
  const character =
    point === null
      ? (CONTROLS[escaped] ?? (/^[\\^$.*+?()[\]{}|/]$/.test(escaped) ? escaped : null))
      : inUtf8(point);
  return character === null ? { kind: 'other', start, end } : { kind: 'character', start, end, character };
}

/** Null for a surrogate, which may be half of a character, and for what is none. */
function inUtf8(point: number): string | null {
  return point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? null : String.fromCodePoint(point);
}

function endOf(pattern: RegExp, source: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(source) ? pattern.lastIndex : start + 1;
}
