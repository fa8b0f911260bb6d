import type { Payload } from '../../lib/contract/messages.ts';

/** The bytes of a payload as far as they were sent (`isTruncated` says whether that is all). */
export function payloadBytes(payload: Payload): Uint8Array {
  if (payload.encoding === 'utf8') return new TextEncoder().encode(payload.data);
  const binary = atob(payload.data);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** The bytes of a payload as text; those that are no UTF-8 show as U+FFFD. */
export function rawText(payload: Payload): string {
  return payload.encoding === 'utf8' ? payload.data : new TextDecoder().decode(payloadBytes(payload));
}

/** A payload as it is to be read: what a serde made of it, else its bytes where they are text. */
export interface ShownPayload {
  /** Null: bytes that nothing could be made of. */
  text: string | null;
  /** It is a document, or looks like one, so that it can be shown as a tree. */
  isJson: boolean;
  /** There is more of it than `text`. */
  isCut: boolean;
}

export function shownPayload({ encoding, data, isTruncated, decoded }: Payload): ShownPayload {
  const bytesAsText = encoding === 'utf8' ? data : null;
  if (!decoded) return { text: bytesAsText, isJson: /^\s*[{[]/.test(bytesAsText ?? ''), isCut: isTruncated };
  if (decoded.problem !== null) return { text: bytesAsText, isJson: false, isCut: isTruncated };
  const isJson = decoded.format === 'json';
  if (decoded.text === null) return { text: bytesAsText, isJson, isCut: isTruncated };
  return { text: decoded.text, isJson, isCut: decoded.isTruncated };
}

/** What a person copies: the text it is read as, or its bytes as text where there is none. */
export function payloadText(payload: Payload): string {
  return shownPayload(payload).text ?? rawText(payload);
}
