import type { Payload } from '../../../lib/contract/messages.ts';
import { payloadBytes, shownPayload } from '../payload-bytes.ts';
import type { FindMatches, Match } from './matches.ts';

/** Control characters, and those that are not seen or turn the direction of the text: a name could hide behind them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Characters in which the first match is looked for. */
const LOOKED_THROUGH = 16_384;
/** A match further on than this would often stand outside of a column. */
const IN_SIGHT = 50;
/** Characters that stand before the first match then. */
const BEFORE_MATCH = 30;

export interface Preview {
  text: string;
  /** What was searched for, as places in `text`. */
  matches: Match[];
}

/**
 * One line for a table cell: white space and control characters made visible enough, cut at `length` characters, beginning
 * near the first match where there is one further on.
 */
export function payloadPreview(payload: Payload, find: FindMatches | null = null, length = 240): Preview {
  const { text, isCut } = shownPayload(payload);
  if (text === null) {
    return { text: hexPreview(payloadBytes(payload), Math.floor(length / 3)), matches: [] };
  }
  return textPreview(text, find, length, isCut);
}

/** The same of any text, such as the value of a field. */
export function textPreview(
  text: string,
  find: FindMatches | null = null,
  length = 240,
  isCut = false,
): Preview {
  const first = find?.(text.slice(0, LOOKED_THROUGH))[0]?.start ?? 0;
  const start = first > IN_SIGHT ? first - BEFORE_MATCH : 0;
  const line = text
    .slice(start, start + length * 2)
    .replace(/\s+/g, ' ')
    .replace(UNSEEN, escaped);
  const hasMore = line.length > length || isCut || start + length * 2 < text.length;
  const shown = `${start > 0 ? '…' : ''}${line.slice(0, length)}${hasMore ? '…' : ''}`;
  return { text: shown, matches: find?.(shown) ?? [] };
}

function hexPreview(bytes: Uint8Array, count: number): string {
  const shown = [...bytes.subarray(0, count)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > count ? `${shown}…` : shown;
}
