import { parseFieldPath } from '../fields/field-path.ts';

/** Columns that every message can fill; any other is the path of a field. */
export const FIXED_COLUMNS = [
  'topic',
  'time',
  'partition',
  'offset',
  'key',
  'value',
  'headers',
  'size',
] as const;
export type FixedColumn = (typeof FIXED_COLUMNS)[number];

const FIRST_COLUMNS: readonly string[] = ['time', 'partition', 'offset', 'key', 'value'];
const MOST = 40;

export function isFixed(column: string): column is FixedColumn {
  return (FIXED_COLUMNS as readonly string[]).includes(column);
}

/** Columns as the address asks for them, those left out that mean nothing; null are those that a table begins with. */
export function columnsOf(asked: readonly string[] | null, isSeveral: boolean): string[] {
  const first = isSeveral ? ['topic', ...FIRST_COLUMNS] : [...FIRST_COLUMNS];
  if (asked === null) return first;
  const known = asked.filter((column) => isFixed(column) || parseFieldPath(column) !== null);
  return known.length === 0 ? first : [...new Set(known)].slice(0, MOST);
}

/** The columns with one of them moved by so many places, as far as there are any. */
export function moveColumn(columns: readonly string[], column: string, by: number): string[] {
  const from = columns.indexOf(column);
  const others = columns.filter((each) => each !== column);
  const to = Math.max(0, Math.min(others.length, from + by));
  return from === -1 ? [...columns] : others.toSpliced(to, 0, column);
}
