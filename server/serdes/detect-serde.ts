import { isUtf8 } from 'node:buffer';
import type { Sentence } from '../../lib/contract/sentence.ts';
import type { SerdeName } from '../../lib/contract/serdes.ts';
import { joined, say } from '../../lib/i18n/sentences/sentence.ts';
import { idAt } from './registry/wire-format.ts';
import { type RecordAround, SchemaNeeded, type Serde, SerdeError } from './serde.ts';
import { serdeByTopic } from './serde-by-topic.ts';
import { SERDE_OF_SCHEMA, type Serdes } from './serdes.ts';

export interface SampledRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[];
}

export interface Detected {
  readonly serde: SerdeName;
  readonly reason: Sentence;
  /** False where it should be looked at again soon: there were no records, or the registry did not answer. */
  readonly isSettled: boolean;
}

/** Different schemas of one topic that are asked for. */
const MOST_SCHEMAS = 10;

/** How keys, or values, of a topic are best read, from its name and some of its records. Never rejects. */
export async function detectSerde(
  serdes: Serdes,
  topic: string,
  part: 'key' | 'value',
  records: readonly SampledRecord[],
): Promise<Detected> {
  const filled = records.filter((record) => (record[part]?.length ?? 0) > 0);
  const known = serdeByTopic(topic);
  if (known && (known.isCertain || (await canReadMost(serdes.serde(known.serde), part, filled)))) {
    return { serde: known.serde, reason: say('detect.byName', { topic }), isSettled: true };
  }
  if (filled.length === 0)
    return { serde: 'text', reason: emptyReason(part, records.length), isSettled: false };
  const framed = await detectFramed(serdes, part, filled);
  if (framed?.isSettled) return framed;
  const counts = new Map<SerdeName, number>();
  for (const record of filled) {
    const serde = await kindOf(serdes, record[part]!);
    counts.set(serde, (counts.get(serde) ?? 0) + 1);
  }
  const [serde, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most));
  if (framed && serde !== 'json' && serde !== 'text') return framed;
  return { serde, reason: reasonOf(serde, { part, count, total: filled.length }), isSettled: true };
}

function emptyReason(part: 'key' | 'value', records: number): Sentence {
  if (records === 0) return say('detect.noRecords');
  return part === 'key' ? say('detect.noKeys') : say('detect.noValues');
}

function parts(part: 'key' | 'value', count: number, total: number): Sentence {
  return part === 'key' ? say('detect.keys', { count, total }) : say('detect.values', { count, total });
}

async function canReadMost(
  serde: Serde,
  part: 'key' | 'value',
  records: readonly SampledRecord[],
): Promise<boolean> {
  let readable = 0;
  for (const record of records) if (await canRead(serde, record[part]!, { part, ...record })) readable += 1;
  return 2 * readable > records.length;
}

/** What begins as Confluent's serializers let it. Null: most does not, or the registry does not know these ids. */
async function detectFramed(
  serdes: Serdes,
  part: 'key' | 'value',
  records: readonly SampledRecord[],
): Promise<Detected | null> {
  const ids = records.map((record) => schemaIdOf(record, part)).filter((id) => id !== null);
  if (2 * ids.length <= records.length) return null;
  const { registry } = serdes;
  if (!registry) {
    return {
      serde: 'hex',
      reason: say('detect.noRegistry', { parts: parts(part, ids.length, records.length) }),
      isSettled: false,
    };
  }
  const found = new Map<SerdeName, Sentence[]>();
  const counts = new Map<SerdeName, number>();
  let trouble: SerdeError | null = null;
  for (const id of new Set(ids.slice(0, MOST_SCHEMAS))) {
    try {
      const schema = await registry.fetched(id);
      const serde = SERDE_OF_SCHEMA[schema.type];
      const name = await serdes.schemaName(schema);
      found.set(serde, [...(found.get(serde) ?? []), say('detect.schema', { id, name, type: schema.type })]);
      counts.set(serde, (counts.get(serde) ?? 0) + ids.filter((one) => one === id).length);
    } catch (error) {
      if (!(error instanceof SerdeError)) throw error;
      trouble ??= error;
    }
  }
  if (found.size === 0) {
    return (
      trouble && {
        serde: 'hex',
        reason: say('detect.registryTrouble', { reason: trouble.sentence }),
        isSettled: false,
      }
    );
  }
  const [serde, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most));
  const schemas = joined(found.get(serde)!.slice(0, 3), ', ');
  const reason = say('detect.framed', { parts: parts(part, count, records.length), schemas });
  return { serde, reason, isSettled: true };
}

function schemaIdOf(record: SampledRecord, part: 'key' | 'value'): number | string | null {
  const header = record.headers.find(({ key }) => key === `__${part}_schema_id`);
  const inHeader = header?.value ? idAt(header.value) : null;
  return (inHeader ?? idAt(record[part]!))?.id ?? null;
}

/** The kind of one key or value, from its bytes alone. */
async function kindOf(serdes: Serdes, bytes: Buffer): Promise<SerdeName> {
  if (isUtf8(bytes)) {
    const first = firstCharacter(bytes);
    if ((first === 0x7b || first === 0x5b) && (await canRead(serdes.serde('json'), bytes))) return 'json';
    if (first === 0x3c && (await canRead(serdes.serde('xml'), bytes))) return 'xml';
    if (!hasControlCharacter(bytes)) return 'text';
  }
  switch (bytes.length) {
    case 2:
      return 'short';
    case 4:
      return isFloatLike(bytes[0]!) ? 'float' : 'integer';
    case 8:
      return isLongLike(bytes) ? 'long' : isDoubleLike(bytes[0]!) ? 'double' : 'hex';
    case 16:
      if (isUuidLike(bytes)) return 'uuid';
  }
  if (isMessagePackContainer(bytes[0]!) && (await canRead(serdes.serde('messagepack'), bytes)))
    return 'messagepack';
  if (isCborContainer(bytes[0]!) && (await canRead(serdes.serde('cbor'), bytes))) return 'cbor';
  return 'hex';
}

function firstCharacter(bytes: Buffer): number | undefined {
  return bytes.find((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
}

function hasControlCharacter(bytes: Buffer): boolean {
  return bytes.some(
    (byte) => (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f,
  );
}

/** Exponents of floats from about 10^-5 to 10^8, of either sign. */
function isFloatLike(first: number): boolean {
  const exponent = first & 0x7f;
  return exponent >= 0x37 && exponent <= 0x4c;
}

/** Counters, times in units down to nanoseconds, and small negative numbers. */
function isLongLike(bytes: Buffer): boolean {
  return bytes[0]! <= 0x1f || bytes[0] === 0xff;
}

/** Exponents of doubles from about 10^-9 to 10^18, of either sign. */
function isDoubleLike(first: number): boolean {
  const exponent = first & 0x7f;
  return exponent >= 0x3e && exponent <= 0x43;
}

/** Versions 1 to 8 in the RFC's variant (RFC 9562). */
function isUuidLike(bytes: Buffer): boolean {
  const version = bytes[6]! >> 4;
  return version >= 1 && version <= 8 && bytes[8]! >> 6 === 0b10;
}

function isMessagePackContainer(first: number): boolean {
  return (first >= 0x81 && first <= 0x9f && first !== 0x90) || (first >= 0xdc && first <= 0xdf);
}

function isCborContainer(first: number): boolean {
  const major = first >> 5;
  return ((major === 4 || major === 5) && (first & 0x1f) !== 0) || first === 0xd9;
}

async function canRead(serde: Serde, bytes: Buffer, around?: RecordAround): Promise<boolean> {
  for (;;) {
    try {
      return serde.decode(bytes, around).value !== undefined;
    } catch (error) {
      if (error instanceof SerdeError) return false;
      if (!(error instanceof SchemaNeeded)) throw error;
      await error.ready;
    }
  }
}

function reasonOf(
  serde: SerdeName,
  { part, count, total }: { part: 'key' | 'value'; count: number; total: number },
): Sentence {
  const these = { parts: parts(part, count, total) };
  switch (serde) {
    case 'json':
      return say('detect.json', these);
    case 'xml':
      return say('detect.xml', these);
    case 'text':
      return say('detect.text', these);
    case 'hex':
      return say('detect.unknown', these);
    case 'messagepack':
    case 'cbor':
      return say('detect.packed', { ...these, serde });
    default:
      return say('detect.fixed', { ...these, serde });
  }
}
