import type { ImportQuery } from '../../../lib/contract/exported-messages.ts';
import { Failure } from '../../../lib/contract/failure.ts';
import type { Sentence } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';

/** A line as a message to be sent. */
export interface ImportedRecord {
  /** Null: by the key. */
  readonly partition: number | null;
  readonly record: {
    readonly key: Buffer | null;
    readonly value: Buffer | null;
    readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[];
    /** Milliseconds since the epoch; -1: none. */
    readonly timestamp: number;
  };
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
const MAX_HEADERS = 10_000;
/** Years 0 to 9999. */
const TIMES = { least: -62_167_219_200_000, most: 253_402_300_799_999 };
/** Lines of this API's own streams that are no messages. */
const OTHER_LINES: readonly unknown[] = ['progress', 'end', 'sample'];

/**
 * Reads one line: what an export has, a message as this API gives it, or one written by hand. Checked by hand, since a schema
 * would take longer than all the rest. Null: the line is no message and not meant as one. Throws `invalid_request` with the
 * field that is wrong.
 */
export function importedRecord(
  text: string,
  { partition, timestamp }: Pick<ImportQuery, 'partition' | 'timestamp'>,
  now: number,
): ImportedRecord | null {
  const line = parsedLine(text);
  if (OTHER_LINES.includes(line.type)) return null;
  if (line.isMasked === true || isMaskedPart(line.key) || isMaskedPart(line.value)) {
    throw new Failure('invalid_request', say('import.masked'));
  }
  return {
    partition: partition === 'same' ? partitionOf(line.partition) : null,
    record: {
      key: bytesOf(line.key, 'key'),
      value: bytesOf(line.value, 'value'),
      headers: headersOf(line.headers),
      timestamp: timestamp === 'same' ? timeOf(line.timestamp, now) : now,
    },
  };
}

type Line = Record<string, unknown>;

function parsedLine(text: string): Line {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    throw new Failure('invalid_request', say('import.notJson'));
  }
  if (typeof line === 'object' && line !== null && !Array.isArray(line)) return line as Line;
  throw new Failure('invalid_request', say('import.notObject'));
}

function isMaskedPart(part: unknown): boolean {
  const decoded = (part as { decoded?: { isMasked?: unknown } } | null | undefined)?.decoded;
  return decoded?.isMasked === true;
}

function partitionOf(partition: unknown): number | null {
  if (partition === undefined || partition === null) return null;
  if (typeof partition === 'number' && Number.isInteger(partition) && partition >= 0) return partition;
  throw wrong('partition', say('field.type', { type: say('field.type.int') }));
}

function timeOf(timestamp: unknown, now: number): number {
  if (timestamp === undefined) return now;
  if (timestamp === null) return -1;
  const time = typeof timestamp === 'string' ? Date.parse(timestamp) : timestamp;
  const isTime = typeof time === 'number' && Number.isInteger(time);
  if (isTime && (time === -1 || (time >= TIMES.least && time <= TIMES.most))) return time;
  throw wrong('timestamp', say('field.time'));
}

function headersOf(headers: unknown): ImportedRecord['record']['headers'] {
  if (headers === undefined || headers === null) return [];
  if (typeof headers !== 'object')
    throw wrong('headers', say('field.type', { type: say('field.type.array') }));
  const listed = Array.isArray(headers)
    ? headers.map((header, index) => headerOf(header, `headers.${index}`))
    : Object.entries(headers).map(([key, value]) => ({ key, value: bytesOf(value, `headers.${key}`) }));
  if (listed.length > MAX_HEADERS) throw wrong('headers', say('field.mostItems', { limit: MAX_HEADERS }));
  return listed;
}

function headerOf(header: unknown, field: string) {
  const { key, value } = (header ?? {}) as { key?: unknown; value?: unknown };
  if (typeof key !== 'string')
    throw wrong(`${field}.key`, say('field.type', { type: say('field.type.string') }));
  return { key: wellFormed(key, `${field}.key`), value: bytesOf(value, `${field}.value`) };
}

/** `"text"`, `{"base64": "…"}`, `{"encoding": "utf8", "data": "…"}`, or nothing. */
function bytesOf(part: unknown, field: string): Buffer | null {
  if (part === undefined || part === null) return null;
  if (typeof part === 'string') return Buffer.from(wellFormed(part, field));
  const { base64, encoding, data, isTruncated } = part as Record<string, unknown>;
  if (isTruncated === true) throw wrong(field, say('import.cut'));
  if (typeof base64 === 'string') return fromBase64(base64, field);
  if (typeof data === 'string' && encoding === 'base64') return fromBase64(data, field);
  if (typeof data === 'string' && (encoding === 'utf8' || encoding === undefined)) {
    return Buffer.from(wellFormed(data, field));
  }
  throw wrong(field, say('import.notBytes'));
}

function fromBase64(text: string, field: string): Buffer {
  if (!BASE64.test(text)) throw wrong(field, say('produce.notBase64'));
  return Buffer.from(text, 'base64');
}

function wellFormed(text: string, field: string): string {
  if (!text.isWellFormed()) throw wrong(field, say('produce.halfCharacter'));
  return text;
}

function wrong(field: string, message: Sentence): Failure {
  return new Failure('invalid_request', say('ofField', { field, message }), { fields: [{ field, message }] });
}
