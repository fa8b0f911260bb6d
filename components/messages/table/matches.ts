import type { Reading } from '../search/reading.ts';

/** Where in a text something stands, `end` not included. */
export interface Match {
  start: number;
  end: number;
}

/** Finds what was searched for in a text, in order, up to a hundred. */
export type FindMatches = (text: string) => Match[];

export type SearchedPart = 'key' | 'value' | 'headers';

const MOST = 100;

/** As the server has it: a mark belongs to the letter before it. */
const WORD = '[\\p{L}\\p{M}\\p{N}_]';

type Searched = Pick<Reading, 'search' | 'regex' | 'in' | 'matchCase' | 'wholeWord'>;

/** What marks the matches of a search in one part of messages; null where nothing is searched for in it. */
export function findMatchesIn(reading: Searched, part: SearchedPart): FindMatches | null {
  if (reading.in !== 'any' && reading.in !== part) return null;
  const pattern = patternOf(reading);
  return pattern && ((text) => matchesOf(pattern, text));
}

function patternOf({ search, regex, matchCase, wholeWord }: Searched): RegExp | null {
  if (search !== '') {
    const literal = search.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&');
    return new RegExp(wholeWord ? asWord(search, literal) : literal, matchCase ? 'gu' : 'giu');
  }
  const [leading = '', flags = ''] = /^\(\?([ims]+)\)/.exec(regex) ?? [];
  const source = regex.slice(leading.length);
  if (source === '' || !isQuick(source)) return null;
  try {
    return new RegExp(source, `gu${[...new Set(flags)].join('')}`);
  } catch {
    return null;
  }
}

function asWord(text: string, literal: string): string {
  const before = new RegExp(`^${WORD}`, 'u').test(text) ? `(?<!${WORD})` : '';
  const after = new RegExp(`${WORD}$`, 'u').test(text) ? `(?!${WORD})` : '';
  return `${before}${literal}${after}`;
}

/**
 * Whether a pattern can be run on the page: a group that repeats and has in it something that repeats or a choice may
 * take longer than anybody waits, and so may a reference back. The server can end that, a page cannot.
 */
function isQuick(source: string): boolean {
  const plain = source.replace(/\\[pP]\{[^}]*\}|\\[^1-9k]/g, 'a').replace(/\[[^\]]*\]/g, 'a');
  return (
    !/\\[1-9k]/.test(plain) && !/\([^()]*[*+{|?][^()]*\)+[*+{]/.test(plain) && !/\)[^(]*\)[*+{]/.test(plain)
  );
}

function matchesOf(pattern: RegExp, text: string): Match[] {
  const matches: Match[] = [];
  pattern.lastIndex = 0;
  for (const { index, 0: found } of text.matchAll(pattern)) {
    if (found === '') continue;
    matches.push({ start: index, end: index + found.length });
    if (matches.length === MOST) break;
  }
  return matches;
}
