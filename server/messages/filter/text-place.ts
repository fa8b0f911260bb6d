import type { TextPlace } from '../../../lib/contract/problem.ts';

/** Line and column of an index, both from 1. */
export function placeAt(text: string, index: number, length: number): TextPlace {
  const before = text.slice(0, index).split(/\r\n|\r|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1, length };
}
