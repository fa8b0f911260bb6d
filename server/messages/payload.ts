import { isUtf8 } from 'node:buffer';
import type { Payload } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';

/** Bytes as they go into JSON: text where all of them are valid UTF-8, base64 otherwise; cut to `maxBytes`. */
export function payloadOf(bytes: Buffer, maxBytes: number): Unspoken<Payload> {
  const encoding = isUtf8(bytes) ? 'utf8' : 'base64';
  const isTruncated = bytes.length > maxBytes;
  const end = !isTruncated ? bytes.length : encoding === 'utf8' ? characterStart(bytes, maxBytes) : maxBytes;
  return { encoding, data: bytes.toString(encoding, 0, end), size: bytes.length, isTruncated };
}

/** The last place at or before `index` where a character begins; bytes 10xxxxxx go on with one (RFC 3629). */
function characterStart(bytes: Buffer, index: number): number {
  let start = index;
  while (start > 0 && (bytes[start]! & 0xc0) === 0x80) start -= 1;
  return start;
}
