import { isUtf8 } from 'node:buffer';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import {
  DEEPEST,
  integer,
  mostValues,
  type Read,
  type ReadObject,
  setField,
  shortestFloat,
} from '../plain.ts';
import { SerdeError } from '../serde.ts';
import type { FieldType, MessageType, ProtoField, Scalar } from './proto-types.ts';
import { wellKnownReaders } from './well-known.ts';

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const GROUP = 3;
const GROUP_END = 4;
const FIXED32 = 5;

/** What the bytes of a message have, before it is known what they mean. */
type Raw =
  | { readonly wire: number; readonly number: bigint }
  | { readonly wire: number; readonly bytes: Buffer };

/**
 * Reads a message. Fields are named as in the .proto file; those that are not there have their type's default, unless it
 * is told whether they are there. What the type does not know is `#<number>`.
 *
 * @throws SerdeError where the bytes are not of the type
 */
export function readProtobuf(type: MessageType, bytes: Buffer, isForText: boolean): Read {
  return new ProtobufReader(bytes.length, isForText).message(type, [bytes], 0);
}

export class ProtobufReader {
  readonly isForText: boolean;
  /** Defaults take no bytes: a message of many empty ones must not unfold to more than memory holds. */
  #valuesLeft: number;

  constructor(size: number, isForText: boolean) {
    this.isForText = isForText;
    this.#valuesLeft = mostValues(size);
  }

  /** A message as JSON has it; one that is there several times is merged. */
  message(type: MessageType, parts: readonly Buffer[], depth: number): Read {
    const wellKnown = wellKnownReaders.get(type.name);
    const read = this.fields(type, parts, depth);
    return wellKnown ? wellKnown(read, { reader: this, types: type.types, depth }) : read;
  }

  /** The fields of a message, whatever it means. */
  fields(type: MessageType, parts: readonly Buffer[], depth: number): ReadObject {
    if (depth > DEEPEST) throw new SerdeError(say('serde.tooDeep', { most: DEEPEST }));
    const raws = new Map<number, Raw[]>();
    /** By number, which of all was the last. */
    const order = new Map<number, number>();
    let at = 0;
    for (const part of parts) {
      for (const { number, raw } of new WireReader(part).all()) {
        order.set(number, at++);
        const before = raws.get(number);
        if (before) before.push(raw);
        else raws.set(number, [raw]);
      }
    }
    const message: ReadObject = {};
    for (const field of type.fields) {
      this.#count();
      const found = raws.get(field.number);
      raws.delete(field.number);
      if (found && field.oneof !== null && !isLastOf(field, type, order)) continue;
      const value = found ? this.#field(field, found, depth) : absent(field);
      if (value !== undefined) setField(message, field.name, value);
    }
    for (const [number, unknown] of raws) {
      const shown = unknown.map((raw) => ('bytes' in raw ? raw.bytes : integer(raw.number)));
      setField(message, `#${number}`, shown.length === 1 ? shown[0]! : shown);
    }
    return message;
  }

  #count(): void {
    this.#valuesLeft -= 1;
    if (this.#valuesLeft < 0) throw new SerdeError(say('serde.tooManyValues'));
  }

  #field(field: ProtoField, raws: readonly Raw[], depth: number): Read {
    if (field.mapKey !== null) return this.#map(field, field.mapKey, raws, depth);
    if (field.isRepeated) {
      const list: Read[] = [];
      for (const raw of raws) this.#items(field, raw, depth, list);
      return list;
    }
    if (field.type.kind !== 'message') return this.#value(field.type, raws.at(-1)!, depth, field);
    return this.message(
      field.type.type,
      raws.map((raw) => bytesOf(raw, field)),
      depth + 1,
    );
  }

  #items(field: ProtoField, raw: Raw, depth: number, list: Read[]): void {
    const { type } = field;
    const wire = wireTypeOf(type);
    if (raw.wire !== BYTES || wire === BYTES || wire === GROUP) {
      this.#count();
      list.push(this.#value(type, raw, depth, field));
      return;
    }
    const packed = new WireReader(bytesOf(raw, field));
    while (!packed.isAtEnd) {
      this.#count();
      list.push(this.#value(type, packed.value(wire), depth, field));
    }
  }

  #map(field: ProtoField, keyType: Scalar, raws: readonly Raw[], depth: number): Read {
    const map: ReadObject = {};
    for (const raw of raws) {
      this.#count();
      let key: Raw | null = null;
      const values: Raw[] = [];
      for (const entry of new WireReader(bytesOf(raw, field)).all()) {
        if (entry.number === 1) key = entry.raw;
        if (entry.number === 2) values.push(entry.raw);
      }
      const name = key ? this.#scalar(keyType, key, field) : defaultOf({ kind: 'scalar', scalar: keyType });
      const last = values.at(-1);
      const value = last
        ? this.#value(field.type, last, depth, field, values)
        : this.#defaultValue(field.type, depth);
      setField(map, String(name), value);
    }
    return map;
  }

  #defaultValue(type: FieldType, depth: number): Read {
    return type.kind === 'message' ? this.message(type.type, [], depth + 1) : defaultOf(type);
  }

  #value(type: FieldType, raw: Raw, depth: number, field: ProtoField, all: readonly Raw[] = [raw]): Read {
    switch (type.kind) {
      case 'scalar':
        return this.#scalar(type.scalar, raw, field);
      case 'enum': {
        const number = Number(BigInt.asIntN(32, numberOf(raw, VARINT, field)));
        return type.type.byNumber.get(number) ?? number;
      }
      case 'message':
        return this.message(
          type.type,
          all.map((one) => bytesOf(one, field)),
          depth + 1,
        );
    }
  }

  #scalar(scalar: Scalar, raw: Raw, field: ProtoField): Read {
    switch (scalar) {
      case 'string': {
        const bytes = bytesOf(raw, field);
        const text = bytes.toString('utf8');
        if (text.includes('\ufffd') && !isUtf8(bytes))
          throw new SerdeError(say('proto.notUtf8', { field: field.name }));
        return text;
      }
      case 'bytes':
        return bytesOf(raw, field);
      case 'bool':
        return numberOf(raw, VARINT, field) !== 0n;
      case 'int32':
        return Number(BigInt.asIntN(32, numberOf(raw, VARINT, field)));
      case 'uint32':
        return Number(BigInt.asUintN(32, numberOf(raw, VARINT, field)));
      case 'sint32':
        return Number(BigInt.asIntN(32, zigZag(BigInt.asUintN(32, numberOf(raw, VARINT, field)))));
      case 'int64':
        return integer(BigInt.asIntN(64, numberOf(raw, VARINT, field)));
      case 'uint64':
        return integer(numberOf(raw, VARINT, field));
      case 'sint64':
        return integer(zigZag(numberOf(raw, VARINT, field)));
      case 'fixed32':
        return Number(numberOf(raw, FIXED32, field));
      case 'sfixed32':
        return Number(BigInt.asIntN(32, numberOf(raw, FIXED32, field)));
      case 'fixed64':
        return integer(numberOf(raw, FIXED64, field));
      case 'sfixed64':
        return integer(BigInt.asIntN(64, numberOf(raw, FIXED64, field)));
      case 'float': {
        scratch.writeUInt32LE(Number(numberOf(raw, FIXED32, field)));
        return shortestFloat(scratch.readFloatLE());
      }
      case 'double': {
        scratch.writeBigUInt64LE(numberOf(raw, FIXED64, field));
        return scratch.readDoubleLE();
      }
    }
  }
}

const scratch = Buffer.alloc(8);

/** Of fields of which one may be set, the last one in the bytes counts. */
function isLastOf(field: ProtoField, type: MessageType, order: ReadonlyMap<number, number>): boolean {
  const at = order.get(field.number)!;
  return !type.fields.some(({ oneof, number }) => oneof === field.oneof && (order.get(number) ?? -1) > at);
}

/** What is shown of a field that is not there; undefined: nothing. */
function absent(field: ProtoField): Read | undefined {
  if (field.mapKey !== null) return {};
  if (field.isRepeated) return [];
  return field.hasPresence || field.type.kind === 'message' ? undefined : defaultOf(field.type);
}

function defaultOf(type: Exclude<FieldType, { kind: 'message' }>): Read {
  if (type.kind === 'enum') return type.type.byNumber.get(0) ?? 0;
  switch (type.scalar) {
    case 'string':
      return '';
    case 'bytes':
      return NO_BYTES;
    case 'bool':
      return false;
    default:
      return 0;
  }
}
const NO_BYTES = Buffer.alloc(0);

function zigZag(value: bigint): bigint {
  return (value >> 1n) ^ -(value & 1n);
}

function wireTypeOf(type: FieldType): number {
  if (type.kind === 'message') return type.isDelimited ? GROUP : BYTES;
  return type.kind === 'enum' ? VARINT : WIRE_TYPES[type.scalar];
}

export const WIRE_TYPES: Record<Scalar, number> = {
  double: FIXED64,
  float: FIXED32,
  int32: VARINT,
  uint32: VARINT,
  sint32: VARINT,
  fixed32: FIXED32,
  sfixed32: FIXED32,
  int64: VARINT,
  uint64: VARINT,
  sint64: VARINT,
  fixed64: FIXED64,
  sfixed64: FIXED64,
  bool: VARINT,
  string: BYTES,
  bytes: BYTES,
};

function numberOf(raw: Raw, wire: number, field: ProtoField): bigint {
  if ('bytes' in raw || raw.wire !== wire)
    throw new SerdeError(say('proto.otherWire', { field: field.name }));
  return raw.number;
}

function bytesOf(raw: Raw, field: ProtoField): Buffer {
  if (!('bytes' in raw)) throw new SerdeError(say('proto.otherWire', { field: field.name }));
  return raw.bytes;
}

/** Tags and raw values of one message. */
class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  *all(): Generator<{ number: number; raw: Raw }, void> {
    while (!this.isAtEnd) {
      const tag = this.#varint();
      const number = Number(tag >> 3n);
      const wire = Number(tag & 7n);
      if (number === 0 || number > 0x1fffffff) throw this.#wrong();
      yield { number, raw: wire === GROUP ? { wire, bytes: this.#group(number) } : this.value(wire) };
    }
  }

  value(wire: number): Raw {
    switch (wire) {
      case VARINT:
        return { wire, number: this.#varint() };
      case FIXED64:
        return { wire, number: this.#take(8).readBigUInt64LE() };
      case FIXED32:
        return { wire, number: BigInt(this.#take(4).readUInt32LE()) };
      case BYTES:
        return { wire, bytes: this.#take(Number(this.#varint())) };
      default:
        throw this.#wrong();
    }
  }

  /** The bytes up to the tag that ends the group, groups within it included. */
  #group(number: number): Buffer {
    const from = this.#at;
    const open = [number];
    for (;;) {
      const before = this.#at;
      if (this.isAtEnd) throw new SerdeError(say('serde.ends'));
      const tag = this.#varint();
      const wire = Number(tag & 7n);
      if (open.length > DEEPEST) throw new SerdeError(say('serde.tooDeep', { most: DEEPEST }));
      if (wire === GROUP) open.push(Number(tag >> 3n));
      else if (wire === GROUP_END) {
        if (open.pop() !== Number(tag >> 3n)) throw this.#wrong();
        if (open.length === 0) return this.#bytes.subarray(from, before);
      } else this.value(wire);
    }
  }

  #varint(): bigint {
    let low = 0;
    let weight = 1;
    for (let count = 0; count < 7; count++) {
      const byte = this.#byte();
      low += (byte & 0x7f) * weight;
      if (byte < 0x80) return BigInt(low);
      weight *= 128;
    }
    let value = BigInt(low);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw this.#wrong();
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new SerdeError(say('serde.ends'));
    this.#at += 1;
    return byte;
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new SerdeError(say('serde.ends'));
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  #wrong(): SerdeError {
    return new SerdeError(say('serde.wrongAt', { position: this.#at }));
  }
}
