import type { Payload } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { payloadOf } from './payload.ts';
import type { ReadPart } from './read-part.ts';

/**
 * What is told of a key or value: its bytes, and what its serde made of them where that is more than the bytes say. Where a
 * rule hides something, what is left takes the place of the bytes.
 */
export function tellPart(part: ReadPart, maxBytes: number): Unspoken<Payload> | null {
  const { bytes, shown } = part;
  if (bytes === null) return null;
  if (shown && !shown.areBytesShown) return maskedPayload(part, bytes, maxBytes);
  const payload = payloadOf(bytes, maxBytes);
  const { decoded } = part;
  if (decoded?.isPlainText) return payload;
  // Asked for before the problem, which may come of it.
  const text = decoded ? part.text : null;
  const { problem } = part;
  const told = problem === null ? text : null;
  return {
    ...payload,
    decoded: {
      serde: part.serde.name,
      format: decoded?.format ?? 'text',
      text: told === null ? null : told.slice(0, maxBytes),
      isTruncated: told !== null && told.length > maxBytes,
      isMasked: false,
      schema: decoded?.schema ?? null,
      problem,
    },
  };
}

function maskedPayload({ shown, serde }: ReadPart, bytes: Buffer, maxBytes: number): Unspoken<Payload> {
  const { text, format, hidden } = shown!;
  const { encoding, data, isTruncated } = payloadOf(Buffer.from(text ?? ''), maxBytes);
  return {
    encoding,
    data,
    size: bytes.length,
    isTruncated,
    decoded: {
      serde: serde.name,
      format,
      text: null,
      isTruncated,
      isMasked: true,
      schema: null,
      problem: hidden,
    },
  };
}
