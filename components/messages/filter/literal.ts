/** What a subject is known to be, as far as that tells how a typed value is meant. */
export type ValueHint = 'number' | 'string' | 'time' | 'any';

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const WORD = /^(true|false|null)$/;

/**
 * A typed value as CEL writes it: numbers and `true`, `false`, `null` as such where text is not all there is, otherwise text.
 * In double quotes it is text in any case. Null where it cannot be meant: a time that is none, a number that is too big.
 */
export function literalOf(typed: string, hint: ValueHint): string | null {
  if (hint === 'time') {
    const time = new Date(typed);
    return Number.isNaN(time.getTime()) ? null : `timestamp("${time.toISOString()}")`;
  }
  const text = typed.trim();
  const quoted = /^".*"$/s.test(text) ? said(text) : null;
  if (quoted !== null) return JSON.stringify(quoted);
  if (hint !== 'string' && NUMBER.test(text)) return isInRange(text) ? text : null;
  if (hint !== 'string' && WORD.test(text)) return text;
  return hint === 'number' ? null : JSON.stringify(typed);
}

/** Text as it is typed to be meant as text: in quotes where it would be taken for something else. */
export function typedText(text: string, hint: ValueHint): string {
  const trimmed = text.trim();
  const isTaken = hint !== 'string' && (NUMBER.test(trimmed) || WORD.test(trimmed));
  return isTaken || trimmed === '' || /^".*"$/s.test(trimmed) ? JSON.stringify(text) : text;
}

/** Several typed values with commas between; those in quotes may have commas in them. Null where one cannot be meant. */
export function literalsOf(typed: string, hint: ValueHint): string[] | null {
  const parts = typed.match(/\s*"(?:[^"\\]|\\.)*"\s*|[^,]+/g)?.filter((part) => part.trim() !== '') ?? [];
  const literals = parts.map((part) => literalOf(part.trim(), hint));
  return literals.length > 0 && literals.every((each) => each !== null) ? literals : null;
}

/** The same of one of several: also in quotes where a comma or space would be lost. */
export function typedItem(text: string, hint: ValueHint): string {
  const typed = typedText(text, hint);
  return typed === text && (/[,"]/.test(text) || text.trim() !== text) ? JSON.stringify(text) : typed;
}

/** Whole numbers of CEL have 64 bits. */
function isInRange(text: string): boolean {
  if (/[.eE]/.test(text)) return true;
  const value = BigInt(text);
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}

function said(quoted: string): string | null {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return null;
  }
}
