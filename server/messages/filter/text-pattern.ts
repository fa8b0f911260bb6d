import { type ByteSearch, exactSearch, isToldFromBytes, patternSearch } from './byte-search.ts';
import { caseVariants, escaped } from './case-variants.ts';
import type { Part } from './tested-record.ts';

/** Something that is looked for in text. */
export interface TextPattern {
  isIn(text: string): boolean;
  /** How to find it in the bytes of records, null where that cannot be told. */
  searchIn(parts: readonly Part[]): ByteSearch | null;
}

/**
 * Text as somebody typed it.
 *
 * @param matchCase false: by Unicode's simple case folding, so that `straße` is in `STRAẞE` but not in `STRASSE`
 * @param wholeWord no letter, digit or underscore before and after it
 */
export function plainPattern(
  text: string,
  { matchCase, wholeWord }: { matchCase: boolean; wholeWord: boolean },
): TextPattern {
  const searchIn = (parts: readonly Part[]) =>
    matchCase ? exactSearch(text, parts) : caselessSearch(text, parts);
  if (matchCase && !wholeWord) return { isIn: (other) => other.includes(text), searchIn };
  const pattern = wholeWord ? wordPattern(text) : escaped(text);
  const regex = new RegExp(pattern, matchCase ? 'u' : 'iu');
  return { isIn: (other) => regex.test(other), searchIn };
}

/** A mark belongs to the letter before it. */
const WORD = '[\\p{L}\\p{M}\\p{N}_]';

/** Where the text itself does not begin or end with a letter, anything may stand there. */
function wordPattern(text: string): string {
  const before = new RegExp(`^${WORD}`, 'u').test(text) ? `(?<!${WORD})` : '';
  const after = new RegExp(`${WORD}$`, 'u').test(text) ? `(?!${WORD})` : '';
  return `${before}${escaped(text)}${after}`;
}

/** Looks for the UTF-8 of text in any mixture of capital and small letters. */
export function caselessSearch(text: string, parts: readonly Part[]): ByteSearch | null {
  if (!isToldFromBytes(text)) return null;
  const characters = [...text].map((character) => caseVariants(character).map((one) => Buffer.from(one)));
  if (characters.every((variants) => variants.length === 1)) return exactSearch(text, parts);
  const fewest = characters.reduce((sum, all) => sum + Math.min(...all.map((one) => one.length)), 0);
  return patternSearch(characters.map(anyOf).join(''), parts, fewest);
}

/** `[Kk]|\xe2\x84\xaa` */
function anyOf(variants: Buffer[]): string {
  const single = variants.filter((bytes) => bytes.length === 1).map(bytePattern);
  const choices = variants.filter((bytes) => bytes.length > 1).map(bytePattern);
  if (single.length > 0) choices.unshift(single.length === 1 ? single[0]! : `[${single.join('')}]`);
  return choices.length === 1 ? choices[0]! : `(?:${choices.join('|')})`;
}

function bytePattern(bytes: Buffer): string {
  return [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
