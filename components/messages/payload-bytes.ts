import type { Payload } from '../../lib/contract/messages.ts';

/** The bytes of a payload as far as they were sent (`isTruncated` says whether that is all). */
export function payloadBytes(payload: Payload): Uint8Array {
  if (payload.encoding === 'utf8') return new TextEncoder().encode(payload.data);
  const binary = atob(payload.data);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Text of a payload; bytes that are no UTF-8 show as U+FFFD. */
export function payloadText(payload: Payload): string {
  return payload.encoding === 'utf8' ? payload.data : new TextDecoder().decode(payloadBytes(payload));
}

/** Control characters, and those that are not seen or turn the direction of the text: a name could hide behind them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** One line for a table cell: white space and control characters made visible enough, cut at `length` characters. */
export function payloadPreview(payload: Payload, length = 240): string {
  if (payload.encoding === 'base64') return hexPreview(payloadBytes(payload), Math.floor(length / 3));
  const line = payload.data
    .slice(0, length * 2)
    .replace(/\s+/g, ' ')
    .replace(UNSEEN, escaped);
  return line.length > length || payload.isTruncated ? `${line.slice(0, length)}…` : line;
}

function hexPreview(bytes: Uint8Array, count: number): string {
  const shown = [...bytes.subarray(0, count)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > count ? `${shown}…` : shown;
}
