import { literalOf, literalsOf, type ValueHint } from './literal.ts';

/** What a condition can ask. */
export const OPERATORS = [
  'is',
  'is-not',
  'one-of',
  'contains',
  'contains-not',
  'starts',
  'ends',
  'matches',
  'more',
  'at-least',
  'less',
  'at-most',
  'exists',
  'absent',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** One line of the builder. */
export interface Condition {
  /** A field's path, or a variable: `size`, `partition`, `offset`, `timestamp`, `topic`. */
  subject: string;
  operator: Operator;
  /** As it is typed; of a time ISO 8601. Nothing for `exists` and `absent`. */
  value: string;
}

export interface Conditions {
  /** Whether all have to hold, or any. */
  join: 'and' | 'or';
  rows: Condition[];
}

/** What every message has beside key, value and headers. */
export const VARIABLES = ['topic', 'partition', 'offset', 'timestamp', 'size'] as const;

export const COMPARISONS = {
  is: '==',
  'is-not': '!=',
  more: '>',
  'at-least': '>=',
  less: '<',
  'at-most': '<=',
} as const;
export const TEXT_CALLS = {
  contains: 'contains',
  starts: 'startsWith',
  ends: 'endsWith',
  matches: 'matches',
} as const;

/** Operators that make sense for what a subject is. */
export function operatorsFor(hint: ValueHint, canBeAbsent: boolean): Operator[] {
  const wanted: Record<ValueHint, readonly Operator[]> = {
    number: ['is', 'is-not', 'one-of', 'more', 'at-least', 'less', 'at-most'],
    time: ['at-least', 'more', 'less', 'at-most'],
    string: ['is', 'is-not', 'one-of', 'contains', 'contains-not', 'starts', 'ends', 'matches'],
    any: OPERATORS.slice(0, -2),
  };
  return [...wanted[hint], ...(canBeAbsent ? (['exists', 'absent'] as const) : [])];
}

export function needsValue(operator: Operator): boolean {
  return operator !== 'exists' && operator !== 'absent';
}

/** The expression of all conditions that are complete; empty where none is. */
export function writeConditions({ join, rows }: Conditions, hintOf: (subject: string) => ValueHint): string {
  const written = rows.flatMap((row) => writeCondition(row, hintOf(row.subject)) ?? []);
  return written.join(join === 'and' ? ' && ' : ' || ');
}

/** Null while it is not complete. */
export function writeCondition({ subject, operator, value }: Condition, hint: ValueHint): string | null {
  const path = subject.trim();
  if (path === '') return null;
  if (operator === 'exists') return presence(path);
  if (operator === 'absent') {
    const there = presence(path);
    return there && `!${there.startsWith('has(') ? there : `(${there})`}`;
  }
  if (value.trim() === '') return null;
  if (operator === 'one-of') {
    const literals = literalsOf(value, hint);
    return literals && `${path} in [${literals.join(', ')}]`;
  }
  if (operator === 'contains-not') return `!${path}.contains(${textLiteral(value)})`;
  if (operator in TEXT_CALLS) {
    return `${path}.${TEXT_CALLS[operator as keyof typeof TEXT_CALLS]}(${textLiteral(value)})`;
  }
  const literal = literalOf(value, hint);
  return literal && `${path} ${COMPARISONS[operator as keyof typeof COMPARISONS]} ${literal}`;
}

/** Whether a subject may be missing from a message in a way that can be asked for. */
export function canBeAbsent(subject: string): boolean {
  return presence(subject.trim()) !== null;
}

/** Part of a text is always text. */
function textLiteral(typed: string): string {
  return literalOf(typed, 'string') as string;
}

/** `has(value.a)`, or `"a-b" in value` for names that cannot stand after a dot; null for places in lists. */
function presence(path: string): string | null {
  if (/\.\w+$/.test(path)) return `has(${path})`;
  const [, parent, name] = /^(.+)\[("(?:[^"\\]|\\.)*")\]$/.exec(path) ?? [];
  return parent === undefined ? null : `${name} in ${parent}`;
}
