import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { bytesOf, integerOf, kindOf, mapOf, numberOf, type Place, wrongAt } from '../given.ts';
import type { Read } from '../plain.ts';
import type { SerdeError } from '../serde.ts';
import { utf8Bytes } from '../text.ts';
import type { FieldType, MessageType, ProtoField, Scalar } from './proto-types.ts';
import { WIRE_TYPES } from './read-protobuf.ts';
import { wellKnownWriters } from './well-known-typed.ts';

const BYTES = 2;
const GROUP = 3;
const GROUP_END = 4;

/**
 * Writes typed JSON as a message. It takes what is shown, and Protobuf's own JSON: fields by either name, long numbers
 * and bytes as text, null for what is not there.
 *
 * @throws SerdeError with the field that does not fit
 */
export function writeProtobuf(type: MessageType, given: Read): Buffer {
  return messageBytes(type, given, null);
}

function messageBytes(type: MessageType, given: Read | undefined, place: Place | null): Buffer {
  const wellKnown = wellKnownWriters.get(type.name);
  const fields = wellKnown ? wellKnown(given, type, { place, write: messageBytes }) : given;
  return fieldBytes(type, fields, place);
}

function fieldBytes(type: MessageType, given: Read | undefined, place: Place | null): Buffer {
  const fields = mapOf(given);
  if (!fields) throw needs(type.name, given, place);
  const values = new Map<ProtoField, Read>();
  const oneofs = new Map<string, string>();
  for (const [name, value] of Object.entries(fields)) {
    const inside = { inside: place, step: name };
    const field = type.byName.get(name);
    if (!field) throw wrongAt(inside, say('given.unknownField', { type: type.name }));
    if (values.has(field)) throw wrongAt(inside, say('field.twice'));
    if (value === null && !isNullable(field)) continue;
    const other = field.oneof === null ? undefined : oneofs.get(field.oneof);
    if (other !== undefined) throw wrongAt(inside, say('proto.oneOf', { other }));
    if (field.oneof !== null) oneofs.set(field.oneof, name);
    values.set(field, value);
  }
  const missing = type.fields.find((field) => field.isRequired && !values.has(field));
  if (missing) throw wrongAt({ inside: place, step: missing.name }, say('given.missing'));
  const parts: Buffer[] = [];
  for (const [field, value] of [...values].sort(([one], [other]) => one.number - other.number)) {
    writeField(field, value, { inside: place, step: field.name }, parts);
  }
  return Buffer.concat(parts);
}

/** The null of a Value is a value. */
function isNullable({ type, isRepeated, mapKey }: ProtoField): boolean {
  return (
    !isRepeated && mapKey === null && type.kind === 'message' && type.type.name === 'google.protobuf.Value'
  );
}

function writeField(field: ProtoField, given: Read, place: Place, parts: Buffer[]): void {
  const { number, type } = field;
  if (field.mapKey !== null) {
    const map = mapOf(given);
    if (!map) throw needs('map', given, place);
    for (const [step, value] of Object.entries(map)) {
      const inside = { inside: place, step };
      const entry: Buffer[] = [];
      writeValue(1, { kind: 'scalar', scalar: field.mapKey }, mapKeyOf(field.mapKey, step), inside, entry);
      writeValue(2, type, value, inside, entry);
      prefixed(number, Buffer.concat(entry), parts);
    }
    return;
  }
  if (!field.isRepeated) {
    if (field.hasPresence || type.kind === 'message') {
      writeValue(number, type, given, place, parts);
      return;
    }
    // One that is the same as if it were not there is not written.
    const bytes = scalarOrEnum(type, given, place);
    const isDefault = wireOf(type) === BYTES ? bytes.length === 0 : bytes.every((byte) => byte === 0);
    if (!isDefault) writeValue(number, type, given, place, parts);
    return;
  }
  if (!Array.isArray(given)) throw needs('list', given, place);
  if (given.length === 0) return;
  const places = (given as Read[]).map((item, step) => [item, { inside: place, step }] as const);
  if (field.isPacked && type.kind !== 'message' && wireOf(type) !== BYTES) {
    prefixed(number, Buffer.concat(places.map(([item, at]) => scalarOrEnum(type, item, at))), parts);
  } else for (const [item, at] of places) writeValue(number, type, item, at, parts);
}

function mapKeyOf(key: Scalar, name: string): Read {
  return key === 'bool' && (name === 'true' || name === 'false') ? name === 'true' : name;
}

function writeValue(number: number, type: FieldType, given: Read, place: Place, parts: Buffer[]): void {
  if (type.kind === 'message') {
    const bytes = messageBytes(type.type, given, place);
    if (type.isDelimited) parts.push(tag(number, GROUP), bytes, tag(number, GROUP_END));
    else prefixed(number, bytes, parts);
    return;
  }
  const bytes = scalarOrEnum(type, given, place);
  const wire = wireOf(type);
  if (wire === BYTES) prefixed(number, bytes, parts);
  else parts.push(tag(number, wire), bytes);
}

function wireOf(type: Exclude<FieldType, { kind: 'message' }>): number {
  return type.kind === 'enum' ? 0 : WIRE_TYPES[type.scalar];
}

/** The bytes of a value without its tag, and without the length of text and bytes. */
function scalarOrEnum(type: Exclude<FieldType, { kind: 'message' }>, given: Read, place: Place): Buffer {
  if (type.kind === 'enum') {
    const number = typeof given === 'string' ? (type.type.byName.get(given) ?? null) : null;
    const value = number === null ? integerOf(given) : BigInt(number);
    if (value === null) {
      const choices = [...type.type.byName.keys()].slice(0, 20).join(', ');
      throw wrongAt(place, say('given.needsOneOf', { choices }));
    }
    return varint(BigInt.asUintN(64, inRange(value, RANGES.int32, place)));
  }
  const { scalar } = type;
  switch (scalar) {
    case 'string':
      if (typeof given !== 'string') throw needs('string', given, place);
      return utf8Bytes(given);
    case 'bytes':
      return bytesOf(given) ?? fail(needs('base64', given, place));
    case 'bool':
      if (typeof given !== 'boolean') throw needs('bool', given, place);
      return Buffer.from([given ? 1 : 0]);
    case 'float': {
      const bytes = Buffer.alloc(4);
      bytes.writeFloatLE(numberOf(given) ?? fail(needs(scalar, given, place)));
      return bytes;
    }
    case 'double': {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleLE(numberOf(given) ?? fail(needs(scalar, given, place)));
      return bytes;
    }
    default:
      return integerBytes(
        scalar,
        inRange(integerOf(given) ?? fail(needs(scalar, given, place)), RANGES[scalar], place),
      );
  }
}

type IntegerScalar = Exclude<Scalar, 'string' | 'bytes' | 'bool' | 'float' | 'double'>;
type Range = readonly [least: bigint, most: bigint];

const INT32: Range = [-(2n ** 31n), 2n ** 31n - 1n];
const UINT32: Range = [0n, 2n ** 32n - 1n];
const INT64: Range = [-(2n ** 63n), 2n ** 63n - 1n];
const UINT64: Range = [0n, 2n ** 64n - 1n];
const RANGES: Record<IntegerScalar, Range> = {
  int32: INT32,
  sint32: INT32,
  sfixed32: INT32,
  uint32: UINT32,
  fixed32: UINT32,
  int64: INT64,
  sint64: INT64,
  sfixed64: INT64,
  uint64: UINT64,
  fixed64: UINT64,
};

function inRange(value: bigint, [least, most]: Range, place: Place): bigint {
  if (value < least || value > most) throw wrongAt(place, say('serde.outOfRange', { least, most }));
  return value;
}

function integerBytes(scalar: IntegerScalar, value: bigint): Buffer {
  switch (scalar) {
    case 'fixed32':
    case 'sfixed32': {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(Number(BigInt.asUintN(32, value)));
      return bytes;
    }
    case 'fixed64':
    case 'sfixed64': {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
      return bytes;
    }
    case 'sint32':
    case 'sint64':
      return varint(BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)));
    default:
      return varint(BigInt.asUintN(64, value));
  }
}

function prefixed(number: number, bytes: Buffer, parts: Buffer[]): void {
  parts.push(tag(number, BYTES), varint(BigInt(bytes.length)), bytes);
}

function tag(number: number, wire: number): Buffer {
  return varint((BigInt(number) << 3n) | BigInt(wire));
}

function varint(value: bigint): Buffer {
  let left = value;
  const bytes: number[] = [];
  while (left >= 0x80n) {
    bytes.push(Number(left & 0x7fn) | 0x80);
    left >>= 7n;
  }
  bytes.push(Number(left));
  return Buffer.from(bytes);
}

function needs(type: string, given: Read | undefined, place: Place | null): SerdeError {
  return wrongAt(place, say('given.needs', { type, given: kindOf(given) }));
}

function fail(error: SerdeError): never {
  throw error;
}
