/**
 * What is wrong with a template. `neverClosed`: `{{` without `}}`; `empty`: nothing between them; `unknown`: no such
 * expression; `missing`, `surplus`: arguments; `notNumber`, `notWhole`, `notTime`: what an argument has to be;
 * `tooSmall`, `tooLarge`: its bounds; `backwards`: a range whose end is before its start; `option`: one that the
 * expression does not have; `noKey`: `{{key}}` within the key; `tooMany`: expressions.
 */
export type TemplateErrorCode =
  | 'neverClosed'
  | 'empty'
  | 'unknown'
  | 'missing'
  | 'surplus'
  | 'notNumber'
  | 'notWhole'
  | 'notTime'
  | 'tooSmall'
  | 'tooLarge'
  | 'backwards'
  | 'option'
  | 'noKey'
  | 'tooMany';

/** A mistake in a template, with its place. Says nothing in words: page and server have their own. */
export class TemplateError extends Error {
  readonly code: TemplateErrorCode;
  /** Where it begins in the template, in UTF-16 units from 0. */
  readonly position: number;
  readonly length: number;
  /** What stands there, and what it is measured by: a name, or a bound. */
  readonly found: string;
  readonly wanted: string;

  constructor(code: TemplateErrorCode, place: { position: number; length: number }, found = '', wanted = '') {
    super(`${code} at ${place.position}: ${found}`);
    this.code = code;
    this.position = place.position;
    this.length = place.length;
    this.found = found;
    this.wanted = wanted;
  }
}

/** Line and column of a place, both from 1. */
export function lineAndColumnOf(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
