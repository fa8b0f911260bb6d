import type { Cell } from './cells.ts';

/** What a spreadsheet takes for a formula when a cell begins with it (OWASP: CSV injection), in wide characters too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?$/i;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/**
 * One line of CSV with its end (RFC 4180). Nothing is an empty cell, and an empty text is `""`.
 *
 * @param formulas `escape`: a text that would be a formula gets a `'` in front, by which spreadsheets know it as text
 */
export function csvLine(cells: readonly Cell[], formulas: 'escape' | 'keep'): string {
  return `${cells.map((cell) => csvCell(cell, formulas)).join(',')}\r\n`;
}

function csvCell(cell: Cell, formulas: 'escape' | 'keep'): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (cell === '') return '""';
  const isFormula = formulas === 'escape' && FORMULA.test(cell) && !NUMBER.test(cell);
  const text = isFormula ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
