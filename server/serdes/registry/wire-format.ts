import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { uuidText } from '../identifiers.ts';
import { type RecordAround, SerdeError } from '../serde.ts';

/** Bytes as Confluent's serializers write them, taken apart. */
export interface Framed {
  /** A number, or a guid. */
  readonly id: number | string;
  /** Behind the id where it stands with the bytes. With Protobuf, the message's indexes come first. */
  readonly rest: Buffer;
  /** What is behind the id in a header: with Protobuf, the message's indexes. Null: the id stands with the bytes. */
  readonly besideHeader: Buffer | null;
}

const WITH_ID = 0;
const WITH_GUID = 1;
const ID_BYTES = 5;
const GUID_BYTES = 17;
const HEADERS = { key: '__key_schema_id', value: '__value_schema_id' } as const;

/**
 * Finds the schema's id: in the header `__key_schema_id` or `__value_schema_id` (Confluent 8), else in front of the
 * bytes, where 0 means a 32-bit id follows and 1 a guid.
 *
 * @throws SerdeError where there is neither
 */
export function unframe(bytes: Buffer, around: RecordAround | undefined): Framed {
  const header = around?.headers.find(({ key }) => key === HEADERS[around.part]);
  if (header?.value) {
    const inHeader = idAt(header.value);
    if (inHeader) return { id: inHeader.id, rest: bytes, besideHeader: inHeader.rest };
  }
  const inFront = idAt(bytes);
  if (!inFront) throw new SerdeError(say('registry.notFramed'));
  return { id: inFront.id, rest: inFront.rest, besideHeader: null };
}

/** Whether bytes begin as Confluent's serializers let them. */
export function idAt(bytes: Buffer): { id: number | string; rest: Buffer } | null {
  if (bytes[0] === WITH_ID && bytes.length >= ID_BYTES) {
    const id = bytes.readInt32BE(1);
    return id > 0 ? { id, rest: bytes.subarray(ID_BYTES) } : null;
  }
  if (bytes[0] === WITH_GUID && bytes.length >= GUID_BYTES) {
    return { id: uuidText(bytes.subarray(1, GUID_BYTES)), rest: bytes.subarray(GUID_BYTES) };
  }
  return null;
}

/** The bytes in front of what was written with a schema. */
export function frame(id: number): Buffer {
  const bytes = Buffer.alloc(ID_BYTES);
  bytes.writeInt32BE(id, 1);
  return bytes;
}
