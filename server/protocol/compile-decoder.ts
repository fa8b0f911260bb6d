import { defaultOf } from './default-value.ts';
import { ProtocolError } from './protocol-error.ts';
import {
  type Field,
  type FieldType,
  inVersions,
  type Message,
  type PrimitiveType,
  type Struct,
} from './schema.ts';

/** Reads a message that starts at an offset; the view covers the same bytes as the buffer. */
export type Decoder<T> = (buffer: Buffer, view: DataView, offset: number) => T;

const FIXED_SIZES: Partial<Record<PrimitiveType, number>> = {
  bool: 1,
  int8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  float64: 8,
  uuid: 16,
};

const FIXED_READS: Partial<Record<PrimitiveType, string>> = {
  bool: 'v.getInt8(AT) !== 0',
  int8: 'v.getInt8(AT)',
  int16: 'v.getInt16(AT)',
  uint16: 'v.getUint16(AT)',
  int32: 'v.getInt32(AT)',
  uint32: 'v.getUint32(AT)',
  int64: 'v.getBigInt64(AT)',
  float64: 'v.getFloat64(AT)',
  uuid: 'uuid(b, v, AT)',
};

/** Up to here an array is made in one piece; a longer one grows as its elements turn out to be there. */
const PREALLOCATED_LENGTH = 65_536;

/**
 * Turns one version of a message into a function made of straight-line reads, all with a local offset, that ends in object
 * literals. Reading past the end is left to DataView, whose RangeError the caller translates.
 */
export function compileDecoder<T>(message: Message<T>, version: number): Decoder<T> {
  const source = new DecoderSource(message, version);
  const value = source.readStruct(message, message.name);
  const code = `'use strict';
return function decode${message.name}V${version}(b, v, o) {
const L = v.byteLength;
${source.lines.join('\n')}
return ${value};
}`;
  const build = new Function('fail', 'uvarint', 'S', 'uuid', 'int32s', code) as (
    ...closure: unknown[]
  ) => Decoder<T>;
  return build(fail, readUnsignedVarint, varintEnd, readUuid, readInt32s);
}

class DecoderSource {
  readonly lines: string[] = [];
  readonly #version: number;
  readonly #flexible: boolean;
  #names = 0;

  constructor(message: Message<unknown>, version: number) {
    this.#version = version;
    this.#flexible = version >= message.flexibleVersion;
  }

  /** Emits the reads of a structure; returns the expression of its value. */
  readStruct(struct: Struct, path: string): string {
    const values = new Map<string, string>();
    for (const field of struct.fields) {
      const [name, type, versions, options] = field;
      if (inVersions(this.#version, versions) && !inVersions(this.#version, options?.tagged))
        values.set(name, this.#readField(field, `${path}.${name}`));
      else if (this.#isTagged(field)) {
        const variable = this.#fresh();
        this.lines.push(`let ${variable} = ${defaultOf(type, options)};`);
        values.set(name, variable);
      } else values.set(name, defaultOf(type, options));
    }
    if (this.#flexible) this.#readTaggedFields(struct, values, path);
    return `{ ${struct.fields.map(([name]) => `${name}: ${values.get(name)}`).join(', ')} }`;
  }

  #isTagged([, , versions, options]: Field): boolean {
    return inVersions(this.#version, versions) && inVersions(this.#version, options?.tagged);
  }

  #readField([, type, , options]: Field, path: string): string {
    const compact = this.#flexible && options?.flexible !== 'none';
    return this.#readValue(type, compact, inVersions(this.#version, options?.nullable), path);
  }

  #readValue(type: FieldType, compact: boolean, nullable: boolean, path: string): string {
    if (Array.isArray(type)) return this.#readArray(type[0], compact, nullable, path);
    if (typeof type === 'object') return this.#readInnerStruct(type as Struct, nullable, path);
    const primitive = type as PrimitiveType;
    const size = FIXED_SIZES[primitive];
    const variable = this.#fresh();
    if (size !== undefined) {
      this.lines.push(`const ${variable} = ${FIXED_READS[primitive]!.replaceAll('AT', 'o')}; o += ${size};`);
      return variable;
    }
    const length = this.#readLength(compact, primitive === 'string' ? 'getInt16' : 'getInt32', path);
    if (primitive === 'string' && compact)
      this.lines.push(`if (${length} > 0x7fff) fail('${path}', 'string is longer than 32767 bytes');`);
    const read = primitive === 'string' ? 'b.utf8Slice(o, o += LEN)' : 'b.subarray(o, o += LEN)';
    this.lines.push(
      `let ${variable} = null;`,
      `if (${length} >= 0) {`,
      `if (${length} > L - o) fail('${path}', 'runs past the end');`,
      `${variable} = ${read.replace('LEN', length)};`,
      `}${this.#orNull(length, nullable, path)}`,
    );
    return variable;
  }

  #readInnerStruct(struct: Struct, nullable: boolean, path: string): string {
    if (!nullable) return this.readStruct(struct, path);
    const variable = this.#fresh();
    this.lines.push(`let ${variable} = null;`, 'if (v.getInt8(o++) >= 0) {');
    this.lines.push(`${variable} = ${this.readStruct(struct, path)};`, '}');
    return variable;
  }

  #readArray(element: PrimitiveType | Struct, compact: boolean, nullable: boolean, path: string): string {
    const array = this.#fresh();
    const index = this.#fresh();
    const length = this.#readLength(compact, 'getInt32', path);
    this.lines.push(
      `let ${array} = null;`,
      `if (${length} >= 0) {`,
      `if (${length} > (L - o) / ${this.#leastSize(element, path)}) fail('${path}', 'has more elements than bytes left');`,
    );
    if (element === 'int32') {
      this.lines.push(`${array} = int32s(v, o, ${length}); o += 4 * ${length};`);
      this.lines.push(`}${this.#orNull(length, nullable, path)}`);
      return array;
    }
    this.lines.push(
      `${array} = ${length} === 0 || ${length} > ${PREALLOCATED_LENGTH} ? [] : new Array(${length});`,
      `for (let ${index} = 0; ${index} < ${length}; ${index}++) {`,
    );
    const value = this.#readValue(element, compact, false, path);
    this.lines.push(`${array}[${index}] = ${value};`, '}', `}${this.#orNull(length, nullable, path)}`);
    return array;
  }

  /** Emits the read of a length that is negative for null. */
  #readLength(compact: boolean, read: 'getInt16' | 'getInt32', path: string): string {
    const length = this.#fresh();
    if (compact)
      this.lines.push(`let ${length} = v.getUint8(o++);`, this.#restOfVarint(length), `${length}--;`);
    else
      this.lines.push(
        `const ${length} = v.${read}(o); o += ${read === 'getInt16' ? 2 : 4};`,
        `if (${length} < -1) fail('${path}', 'has a negative length');`,
      );
    return length;
  }

  #restOfVarint(variable: string): string {
    return `if (${variable} > 127) { ${variable} = uvarint(v, o, ${variable}); o = S.offset; }`;
  }

  #orNull(length: string, nullable: boolean, path: string): string {
    return nullable ? '' : ` else if (${length} < 0) fail('${path}', 'is null');`;
  }

  #readTaggedFields(struct: Struct, values: Map<string, string>, path: string): void {
    const [count, tag, size, end] = [this.#fresh(), this.#fresh(), this.#fresh(), this.#fresh()];
    const tagged = struct.fields.filter((field) => this.#isTagged(field));
    this.lines.push(
      `let ${count} = v.getUint8(o++);`,
      this.#restOfVarint(count),
      `for (; ${count} > 0; ${count}--) {`,
      `let ${tag} = v.getUint8(o++);`,
      this.#restOfVarint(tag),
      `let ${size} = v.getUint8(o++);`,
      this.#restOfVarint(size),
      `const ${end} = o + ${size};`,
      `if (${end} > L) fail('${path}', 'tagged field runs past the end');`,
    );
    for (const field of tagged) {
      const [name, , , options] = field;
      this.lines.push(`if (${tag} === ${options!.tag}) {`);
      const value = this.#readField(field, `${path}.${name}`);
      this.lines.push(
        `${values.get(name)} = ${value};`,
        `if (o !== ${end}) fail('${path}.${name}', 'tagged field is not as long as it says');`,
        '}',
      );
    }
    this.lines.push(`o = ${end};`, '}');
  }

  /** The fewest bytes an element takes: bounds how many there can be in what is left. */
  #leastSize(type: FieldType, path: string): number {
    if (Array.isArray(type)) return this.#flexible ? 1 : 4;
    if (typeof type === 'object') {
      let size = this.#flexible ? 1 : 0;
      for (const field of (type as Struct).fields) {
        const [name, inner, versions, options] = field;
        if (!inVersions(this.#version, versions) || this.#isTagged(field)) continue;
        const absent = typeof inner === 'object' && inVersions(this.#version, options?.nullable);
        size += absent && !Array.isArray(inner) ? 1 : this.#leastSize(inner, `${path}.${name}`);
      }
      if (size === 0) throw new ProtocolError(`${path}: elements of version ${this.#version} take no bytes`);
      return size;
    }
    const primitive = type as PrimitiveType;
    return FIXED_SIZES[primitive] ?? (this.#flexible ? 1 : primitive === 'string' ? 2 : 4);
  }

  #fresh(): string {
    return `x${this.#names++}`;
  }
}

function fail(path: string, what: string): never {
  throw new ProtocolError(`${path} ${what}`);
}

/** Where the last unsigned varint of more than one byte ended. */
const varintEnd = { offset: 0 };

/** The rest of an unsigned varint (KIP-482) whose first byte has been read. */
function readUnsignedVarint(view: DataView, offset: number, first: number): number {
  let value = first & 0x7f;
  for (let shift = 7; shift <= 28; shift += 7) {
    const byte = view.getUint8(offset++);
    value = (value | ((byte & 0x7f) << shift)) >>> 0;
    if (byte < 128) {
      varintEnd.offset = offset;
      return value;
    }
  }
  throw new ProtocolError('varint has more than 5 bytes');
}

/** Most are the replicas of a partition: few enough to be written as a literal, which is made much faster than a loop's array. */
function readInt32s(view: DataView, offset: number, length: number): number[] {
  switch (length) {
    case 0:
      return [];
    case 1:
      return [view.getInt32(offset)];
    case 2:
      return [view.getInt32(offset), view.getInt32(offset + 4)];
    case 3:
      return [view.getInt32(offset), view.getInt32(offset + 4), view.getInt32(offset + 8)];
  }
  const numbers = new Array<number>(length);
  for (let index = 0; index < length; index++) numbers[index] = view.getInt32(offset + 4 * index);
  return numbers;
}

/** As Kafka prints it: 22 characters of URL-safe base64. */
function readUuid(buffer: Buffer, view: DataView, offset: number): string {
  if (offset + 16 > view.byteLength) throw new RangeError('uuid runs past the end');
  return buffer.toString('base64url', offset, offset + 16);
}
