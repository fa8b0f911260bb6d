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
import { decimal, MOST_DECIMAL_BYTES, shownBytes, shownInteger, unscaled } from './avro-logical.ts';
import type { AvroType } from './avro-schema.ts';

/**
 * Reads a datum in Avro's binary encoding with the schema it was written with. Written here and not left to a library,
 * because a count or length in the bytes must never make more work than there are bytes.
 *
 * @throws SerdeError where the bytes are not of the schema, or more than it
 */
export function readAvro(type: AvroType, bytes: Buffer, isForText: boolean): Read {
  const reader = new AvroReader(bytes, isForText);
  const read = reader.read(type, 0);
  reader.end();
  return read;
}

class AvroReader {
  readonly #bytes: Buffer;
  readonly #isForText: boolean;
  #at = 0;
  /** Nulls and empty records take no bytes. */
  #valuesLeft: number;

  constructor(bytes: Buffer, isForText: boolean) {
    this.#bytes = bytes;
    this.#isForText = isForText;
    this.#valuesLeft = mostValues(bytes.length);
  }

  read(type: AvroType, depth: number): Read {
    this.#valuesLeft -= 1;
    if (this.#valuesLeft < 0) throw new SerdeError(say('serde.tooManyValues'));
    switch (type.kind) {
      case 'null':
        return null;
      case 'boolean':
        return this.#byte() !== 0;
      case 'int':
      case 'long':
        return type.logical === null ? this.#integer() : shownInteger(type.logical, BigInt(this.#integer()));
      case 'float':
        return shortestFloat(this.#take(4).readFloatLE());
      case 'double':
        return this.#take(8).readDoubleLE();
      case 'string':
        return this.#string();
      case 'bytes':
        return this.#shown(type, this.#take(this.#length()));
      case 'fixed':
        return this.#shown(type, this.#take(type.size));
      case 'enum':
        return this.#symbol(type.symbols);
      case 'union':
        return this.#branch(type, depth);
      case 'record': {
        if (depth > DEEPEST) throw new SerdeError(say('serde.tooDeep', { most: DEEPEST }));
        const record: ReadObject = {};
        for (const field of type.fields) setField(record, field.name, this.read(field.type, depth + 1));
        return record;
      }
      case 'array':
        return this.#array(type.items, depth + 1);
      case 'map':
        return this.#map(type.values, depth + 1);
    }
  }

  end(): void {
    const left = this.#bytes.length - this.#at;
    if (left > 0) throw new SerdeError(say('avro.leftOver', { count: left }));
  }

  #array(items: AvroType, depth: number): Read {
    if (depth > DEEPEST) throw new SerdeError(say('serde.tooDeep', { most: DEEPEST }));
    const list: Read[] = [];
    for (let count = this.#block(); count > 0; count = this.#block()) {
      for (; count > 0; count--) list.push(this.read(items, depth));
    }
    return list;
  }

  #map(values: AvroType, depth: number): Read {
    if (depth > DEEPEST) throw new SerdeError(say('serde.tooDeep', { most: DEEPEST }));
    const map: ReadObject = {};
    for (let count = this.#block(); count > 0; count = this.#block()) {
      for (; count > 0; count--) setField(map, this.#string(), this.read(values, depth));
    }
    return map;
  }

  /** Items in the next block; 0 after the last. A negative count has the block's size in bytes behind it. */
  #block(): number {
    let count = Number(this.#integer());
    if (count < 0) {
      count = -count;
      this.#integer();
    }
    return count;
  }

  #branch(type: AvroType & { kind: 'union' }, depth: number): Read {
    const index = Number(this.#integer());
    const branch = type.branches[index];
    if (!branch) throw this.#wrong();
    const read = this.read(branch.type, depth);
    if (!branch.isWrapped) return read;
    const wrapped: ReadObject = {};
    setField(wrapped, branch.name, read);
    return wrapped;
  }

  #symbol(symbols: readonly string[]): string {
    const symbol = symbols[Number(this.#integer())];
    if (symbol === undefined) throw this.#wrong();
    return symbol;
  }

  #shown(type: AvroType & { kind: 'bytes' | 'fixed' }, bytes: Buffer): Read {
    if (type.kind === 'fixed' || type.logical?.means !== 'big-decimal') {
      return type.logical === null ? bytes : shownBytes(type.logical, bytes, this.#isForText);
    }
    // Bytes with the unscaled number, then its scale (org.apache.avro.Conversions.BigDecimalConversion).
    const within = new AvroReader(bytes, this.#isForText);
    const number = within.#take(within.#length());
    const scale = Number(within.#integer());
    if (number.length > MOST_DECIMAL_BYTES || scale < 0 || scale > MOST_DECIMAL_BYTES) return bytes;
    return decimal(unscaled(number), scale, this.#isForText);
  }

  #string(): string {
    const from = this.#at;
    const bytes = this.#take(this.#length());
    const text = bytes.toString('utf8');
    // Replacement characters also stand where the bytes are no UTF-8.
    if (text.includes('\ufffd') && !isUtf8(bytes)) {
      throw new SerdeError(say('serde.notUtf8At', { position: from }));
    }
    return text;
  }

  #length(): number {
    const length = Number(this.#integer());
    if (length < 0) throw this.#wrong();
    return length;
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw this.#ends();
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw this.#ends();
    this.#at += 1;
    return byte;
  }

  /** A zig-zag variable-length int or long. */
  #integer(): number | bigint {
    let value = 0;
    let weight = 1;
    for (let count = 0; count < 7; count++) {
      const byte = this.#byte();
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      weight *= 128;
    }
    let long = BigInt(value);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      long |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        if (long >> 64n !== 0n) break;
        return integer((long >> 1n) ^ -(long & 1n));
      }
    }
    throw this.#wrong();
  }

  #wrong(): SerdeError {
    return new SerdeError(say('avro.wrongAt', { position: this.#at }));
  }

  #ends(): SerdeError {
    return new SerdeError(say('serde.ends'));
  }
}
