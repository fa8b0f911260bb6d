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

/** One line for a table cell: white space and control characters made visible enough, cut at `length` characters. */
export function payloadPreview(payload: Payload, length = 240): string {
  if (payload.encoding === 'base64') return hexPreview(payloadBytes(payload), Math.floor(length / 3));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they would break the line or hide in it
  const line = payload.data.slice(0, length * 2).replace(/[\u0000-\u0020\u007f]+/g, ' ');
  return line.length > length || payload.isTruncated ? `${line.slice(0, length)}…` : line;
}

function hexPreview(bytes: Uint8Array, count: number): string {
  const shown = [...bytes.subarray(0, count)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > count ? `${shown}…` : shown;
}
