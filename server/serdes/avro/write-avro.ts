import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { bytesOf, integerOf, kindOf, mapOf, numberOf, type Place, wrongAt } from '../given.ts';
import { type Read, Written } from '../plain.ts';
import type { SerdeError } from '../serde.ts';
import { utf8Bytes } from '../text.ts';
import type { AvroBranch, AvroType } from './avro-schema.ts';
import { bytesOfLogical, integerOfLogical } from './typed-logical.ts';

const INT = 2n ** 31n;
const LONG = 2n ** 63n;

/**
 * Writes typed JSON in Avro's binary encoding. It takes what is shown, and Avro's own JSON for unions
 * (`{"string": "x"}`) too; fields with a default may be left out.
 *
 * @throws SerdeError with the field that does not fit
 */
export function writeAvro(type: AvroType, given: Read): Buffer {
  const writer = new AvroWriter();
  writer.write(type, given, null);
  return writer.bytes();
}

class AvroWriter {
  readonly #parts: Buffer[] = [];
  /** Within a default, bytes are written as characters up to U+00FF, and a union's value is of its first branch. */
  #isDefault = false;

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  write(type: AvroType, given: Read | undefined, place: Place | null): void {
    switch (type.kind) {
      case 'null':
        if (given !== null) throw needs('null', given, place);
        return;
      case 'boolean':
        if (typeof given !== 'boolean') throw needs('boolean', given, place);
        this.#parts.push(Buffer.from([given ? 1 : 0]));
        return;
      case 'int':
        this.#integer(this.#whole(type, given, INT, place));
        return;
      case 'long':
        this.#integer(this.#whole(type, given, LONG, place));
        return;
      case 'float': {
        const bytes = Buffer.alloc(4);
        bytes.writeFloatLE(numberOf(given) ?? fail(needs('float', given, place)));
        this.#parts.push(bytes);
        return;
      }
      case 'double': {
        const bytes = Buffer.alloc(8);
        bytes.writeDoubleLE(numberOf(given) ?? fail(needs('double', given, place)));
        this.#parts.push(bytes);
        return;
      }
      case 'string':
        if (typeof given !== 'string') throw needs('string', given, place);
        this.#prefixed(utf8Bytes(given));
        return;
      case 'bytes':
        this.#prefixed(this.#binary(type, given, place));
        return;
      case 'fixed': {
        const bytes = this.#binary(type, given, place);
        if (bytes.length !== type.size) {
          throw wrongAt(place, say('avro.fixedSize', { needed: type.size, size: bytes.length }));
        }
        this.#parts.push(bytes);
        return;
      }
      case 'enum': {
        const index = typeof given === 'string' ? type.symbols.indexOf(given) : -1;
        if (index < 0) throw wrongAt(place, say('given.needsOneOf', { choices: shortList(type.symbols) }));
        this.#integer(BigInt(index));
        return;
      }
      case 'array':
        this.#array(type.items, given, place);
        return;
      case 'map':
        this.#map(type.values, given, place);
        return;
      case 'union':
        this.#union(type.branches, given, place);
        return;
      case 'record':
        this.#record(type, given, place);
        return;
    }
  }

  #record(type: AvroType & { kind: 'record' }, given: Read | undefined, place: Place | null): void {
    const fields = mapOf(given);
    if (!fields) throw needs(type.name, given, place);
    const unknown = Object.keys(fields).find((name) => !type.fields.some((field) => field.name === name));
    if (unknown !== undefined) {
      throw wrongAt({ inside: place, step: unknown }, say('given.unknownField', { type: type.name }));
    }
    for (const field of type.fields) {
      const inside = { inside: place, step: field.name };
      if (Object.hasOwn(fields, field.name)) this.write(field.type, fields[field.name]!, inside);
      else if (field.default === undefined) throw wrongAt(inside, say('given.missing'));
      else this.#default(field.type, field.default, inside);
    }
  }

  #default(type: AvroType, value: Read, place: Place): void {
    const before = this.#isDefault;
    this.#isDefault = true;
    this.write(type, value, place);
    this.#isDefault = before;
  }

  #array(items: AvroType, given: Read | undefined, place: Place | null): void {
    if (!Array.isArray(given)) throw needs('array', given, place);
    if (given.length > 0) {
      this.#integer(BigInt(given.length));
      given.forEach((item: Read, step) => void this.write(items, item, { inside: place, step }));
    }
    this.#integer(0n);
  }

  #map(values: AvroType, given: Read | undefined, place: Place | null): void {
    const map = mapOf(given);
    if (!map) throw needs('map', given, place);
    const entries = Object.entries(map);
    if (entries.length > 0) {
      this.#integer(BigInt(entries.length));
      for (const [step, value] of entries) {
        this.#prefixed(utf8Bytes(step));
        this.write(values, value, { inside: place, step });
      }
    }
    this.#integer(0n);
  }

  #union(branches: readonly AvroBranch[], given: Read | undefined, place: Place | null): void {
    const named = this.#namedBranch(branches, given);
    if (named) {
      this.#integer(BigInt(branches.indexOf(named.branch)));
      this.write(named.branch.type, named.value, place);
      return;
    }
    const index = branches.findIndex(({ type, isWrapped }) => !isWrapped && looksLike(type, given));
    if (index < 0) {
      const choices = shortList(branches.map(({ name, isWrapped }) => (isWrapped ? `{"${name}": …}` : name)));
      throw wrongAt(place, say('given.needsOneOf', { choices }));
    }
    this.#integer(BigInt(index));
    this.write(branches[index]!.type, given, place);
  }

  /** Of `{"<branch>": value}`, unless a map or record without a wrapping is meant. */
  #namedBranch(branches: readonly AvroBranch[], given: Read | undefined) {
    const map = mapOf(given);
    const [name, ...more] = map ? Object.keys(map) : [];
    if (!map || name === undefined || more.length > 0) return null;
    const branch = branches.find((one) => one.name === name && one.type.kind !== 'null');
    const isAmbiguous = branches.some(
      ({ type, isWrapped }) => !isWrapped && looksLike(type, given) && holds(type, name),
    );
    return branch && !isAmbiguous ? { branch, value: map[name]! } : null;
  }

  #whole(
    type: AvroType & { kind: 'int' | 'long' },
    given: Read | undefined,
    end: bigint,
    place: Place | null,
  ): bigint {
    const value = (type.logical ? integerOfLogical(type.logical, given) : null) ?? integerOf(given);
    if (value === null) throw needs(type.logical?.means ?? type.kind, given, place);
    if (value >= end || value < -end)
      throw wrongAt(place, say('serde.outOfRange', { least: -end, most: end - 1n }));
    return value;
  }

  #binary(
    type: AvroType & { kind: 'bytes' | 'fixed' },
    given: Read | undefined,
    place: Place | null,
  ): Buffer {
    if (this.#isDefault && typeof given === 'string') return Buffer.from(given, 'latin1');
    const size = type.kind === 'fixed' ? type.size : null;
    const logical = type.logical ? bytesOfLogical(type.logical, given, size) : null;
    if (logical) return logical;
    return bytesOf(given) ?? fail(needs(type.logical?.means ?? 'base64', given, place));
  }

  #prefixed(bytes: Buffer): void {
    this.#integer(BigInt(bytes.length));
    this.#parts.push(bytes);
  }

  /** A zig-zag variable-length int or long. */
  #integer(value: bigint): void {
    this.#parts.push(zigZag(value));
  }
}

export function zigZag(value: bigint): Buffer {
  let left = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  const bytes: number[] = [];
  while (left >= 0x80n) {
    bytes.push(Number(left & 0x7fn) | 0x80);
    left >>= 7n;
  }
  bytes.push(Number(left));
  return Buffer.from(bytes);
}

/** Whether JSON of this kind may be meant for a type; which of several is decided by their order. */
function looksLike(type: AvroType, given: Read | undefined): boolean {
  switch (type.kind) {
    case 'null':
      return given === null;
    case 'boolean':
      return typeof given === 'boolean';
    case 'int':
    case 'long':
      if (typeof given === 'string')
        return type.logical !== null && integerOfLogical(type.logical, given) !== null;
      return isWithin(integerOf(given), type.kind === 'int' ? INT : LONG);
    case 'float':
    case 'double':
      return typeof given === 'number' || typeof given === 'bigint' || given instanceof Written;
    case 'bytes':
    case 'fixed': {
      if (type.logical && bytesOfLogical(type.logical, given, type.kind === 'fixed' ? type.size : null))
        return true;
      return bytesOf(given) !== null;
    }
    case 'string':
      return typeof given === 'string';
    case 'enum':
      return typeof given === 'string' && type.symbols.includes(given);
    case 'array':
      return Array.isArray(given);
    case 'map':
    case 'record':
      return mapOf(given) !== null;
    case 'union':
      return false;
  }
}

function holds(type: AvroType, name: string): boolean {
  return type.kind === 'map' || (type.kind === 'record' && type.fields.some((field) => field.name === name));
}

function isWithin(value: bigint | null, end: bigint): boolean {
  return value !== null && value < end && value >= -end;
}

function needs(type: string, given: Read | undefined, place: Place | null): SerdeError {
  return wrongAt(place, say('given.needs', { type, given: kindOf(given) }));
}

function fail(error: SerdeError): never {
  throw error;
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 20).join(', ');
  return names.length > 20 ? `${shown}, …` : shown;
}
