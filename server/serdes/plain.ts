import { say } from '../../lib/i18n/sentences/sentence.ts';
import { type Plain, SerdeError } from './serde.ts';

/** The same as Jackson's default (StreamReadConstraints): whoever walks a value may use its stack. */
export const DEEPEST = 1000;

/** Values that a message of a size may unfold to: some encodings have values that take no bytes. */
export function mostValues(size: number): number {
  return Math.max(1_000_000, 2 * size);
}

/** A number as it is written where a JavaScript number is not the same, e.g. the decimal `12.30`. */
export class Written {
  readonly text: string;
  readonly value: number | bigint;

  constructor(text: string, value: number | bigint) {
    this.text = text;
    this.value = value;
  }
}

/** What a serde reads: values, and numbers as they are written. */
export type Read = Plain | Written | readonly Read[] | { readonly [name: string]: Read };

/** A value with its parts, while it is being read. */
export type ReadObject = { [name: string]: Read };

/** Sets a field that may be named `__proto__`. */
export function setField(object: ReadObject, name: string, value: Read): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  } else object[name] = value;
}

/** The key of a map as the name of a field. A list or map is none: written within each other they double with each step. */
export function fieldName(key: Read): string {
  if (typeof key === 'string') return key;
  const isScalar = typeof key !== 'object' || key === null || key instanceof Uint8Array;
  if (!isScalar) throw new SerdeError(say('serde.mapKey'));
  return key instanceof Uint8Array ? Buffer.from(key).toString('base64') : String(key);
}

/** An integer: a number where it is exact, else a bigint. */
export function integer(value: bigint): number | bigint {
  return value >= MIN_SAFE && value <= MAX_SAFE ? Number(value) : value;
}
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const MIN_SAFE = BigInt(Number.MIN_SAFE_INTEGER);

/** The shortest decimal that stands for the same 32-bit float: 0.1, where its exact double is 0.10000000149011612. */
export function shortestFloat(value: number): number {
  if (!Number.isFinite(value) || Number.isInteger(value)) return value;
  for (let digits = 6; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return Number(value.toPrecision(9));
}

/** JSON with exact numbers; bytes are base64, and what is no number (NaN, ±Infinity) is text, as Protobuf's JSON has it. */
export function jsonText(read: Read): string {
  switch (typeof read) {
    case 'string':
      return JSON.stringify(read);
    case 'number':
      if (Number.isFinite(read)) return Object.is(read, -0) ? '-0' : String(read);
      return `"${read}"`;
    case 'object':
      break;
    default:
      return String(read);
  }
  if (read === null) return 'null';
  if (read instanceof Written) return read.text;
  if (read instanceof Uint8Array) {
    return `"${Buffer.from(read.buffer, read.byteOffset, read.length).toString('base64')}"`;
  }
  if (Array.isArray(read)) return `[${read.map(jsonText).join(',')}]`;
  const fields = Object.entries(read).map(
    ([name, part]) => `${JSON.stringify(name)}:${jsonText(part as Read)}`,
  );
  return `{${fields.join(',')}}`;
}
