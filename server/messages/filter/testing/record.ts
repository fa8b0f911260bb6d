import type { MessageTests } from '../../../../lib/contract/message-query.ts';
import type { Plain } from '../../../serdes/serde.ts';
import type { DecodedPart, TestedRecord } from '../tested-record.ts';

/** What a record of a test has; what is not given is empty or 0. */
export interface Given {
  topic?: string;
  partition?: number;
  offset?: number;
  timestamp?: number;
  key?: string | null;
  value?: string | null;
  /** What the value is read as; absent: as JSON where it is some. */
  plain?: Plain | undefined;
  headers?: Record<string, string | Buffer | null>;
}

/** A record as the engine would make it, of topics whose keys are text and whose values are JSON. */
export function record(given: Given): TestedRecord {
  const [key, value] = [given.key ?? null, given.value ?? null];
  return {
    topic: given.topic ?? 'orders',
    partition: given.partition ?? 0,
    offset: given.offset ?? 0,
    timestamp: given.timestamp ?? 0,
    size: Buffer.byteLength(key ?? '') + Buffer.byteLength(value ?? ''),
    isTombstone: value === null,
    headers: Object.entries(given.headers ?? {}).map(([name, header]) => ({
      key: name,
      value: typeof header === 'string' ? Buffer.from(header) : header,
    })),
    key: part(key, key),
    value: part(value, 'plain' in given ? given.plain : readAsJson(value)),
  };
}

function part(text: string | null, plain: Plain | undefined): DecodedPart {
  return { isNull: text === null, text, plain, only: () => plain, isMasked: false };
}

function readAsJson(text: string | null): Plain | undefined {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The bytes of a record as they stand in a batch, somehow framed. */
export function bytesOf({ key, value, headers }: TestedRecord): Buffer {
  const parts = [key.text, value.text, ...headers.flatMap((header) => [header.key, header.value])];
  return Buffer.concat(parts.map((one) => Buffer.concat([Buffer.of(0x0e), Buffer.from(one ?? '')])));
}

/** A query that asks for nothing but this. */
export function asked(tests: Partial<MessageTests>): MessageTests {
  return { in: 'any', matchCase: false, wholeWord: false, tombstones: 'include', ...tests };
}
