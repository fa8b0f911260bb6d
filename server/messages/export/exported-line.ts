import type { ExportedBytes, ExportedMessage } from '../../../lib/contract/exported-messages.ts';
import type { Message, Payload } from '../../../lib/contract/messages.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import { parseExactly, writeExactly } from './exact-json.ts';

export interface LineOptions {
  /** With what serdes made of keys and values. */
  readonly withDecoded: boolean;
  /** Rules hide headers of the topic. */
  readonly areHeadersMasked: boolean;
}

/** A message as one line of an export, from which it can be imported byte by byte. */
export function exportedLine(
  topic: string,
  message: Unspoken<Message>,
  { withDecoded, areHeadersMasked }: LineOptions,
): string {
  const { partition, offset, timestamp, timestampType, key, value, headers } = message;
  const isHeaderMasked = areHeadersMasked && headers.length > 0;
  const isMasked = isHeaderMasked || key?.decoded?.isMasked || value?.decoded?.isMasked;
  const exported: ExportedMessage = {
    topic,
    partition,
    offset,
    timestamp,
    timestampType,
    key: exportedBytes(key),
    value: exportedBytes(value),
    headers: headers.map((header) => ({ key: header.key, value: exportedBytes(header.value) })),
    ...(isMasked ? { isMasked: true } : {}),
  };
  const line = JSON.stringify(exported);
  const decoded = withDecoded ? decodedParts(message) : '';
  return decoded === '' ? `${line}\n` : `${line.slice(0, -1)},"decoded":{${decoded}}}\n`;
}

function exportedBytes(payload: Unspoken<Payload> | null): ExportedBytes {
  if (payload === null) return null;
  return payload.encoding === 'utf8' ? payload.data : { base64: payload.data };
}

function decodedParts({ key, value }: Unspoken<Message>): string {
  return Object.entries({ key, value })
    .flatMap(([name, part]) => (part?.decoded ? [`"${name}":${decodedJson(part)}`] : []))
    .join(',');
}

/** JSON is written as it is, on one line; anything else as a text. */
function decodedJson({ decoded, data }: Unspoken<Payload>): string {
  const text = decoded?.text ?? data;
  const value = decoded?.format === 'json' ? parseExactly(text) : undefined;
  return value === undefined ? JSON.stringify(text) : writeExactly(value);
}
