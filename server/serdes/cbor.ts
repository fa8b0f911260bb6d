import { say } from '../../lib/i18n/sentences/sentence.ts';
import { decimal, MOST_DECIMAL_BYTES, timestampText } from './avro/avro-logical.ts';
import { Structured } from './decoded.ts';
import { uuidText } from './identifiers.ts';
import { PackedReader } from './packed-reader.ts';
import { integer, type Read, type ReadObject, shortestFloat, Written } from './plain.ts';
import { readJsonAsWritten } from './read-json.ts';
import { type Serde, SerdeError } from './serde.ts';
import { utf8Bytes } from './text.ts';

/**
 * CBOR (RFC 8949). Bytes are shown in base64; dates, big numbers, decimals and UUIDs as such; other tags as
 * `{"tag": number, "value": …}`, and simple values that have no name as `{"simple": number}`.
 */
export const cborSerde: Serde = {
  name: 'cbor',
  isSearchableInBytes: false,
  needsRecord: false,
  decode: (bytes) =>
    new Structured('cbor', null, (isForText) => new CborReader(bytes, isForText).readWhole()),
  encode: async (text) => Buffer.concat(written(readJsonAsWritten(text), [])),
};

const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const LIST = 4;
const MAP = 5;
const TAG = 6;
const INDEFINITE = 31;
const BREAK = 0xff;

/** Written here, as libraries take a big number of a megabyte for one, which costs seconds, and tags for regular expressions. */
class CborReader extends PackedReader {
  readonly #isForText: boolean;

  constructor(bytes: Buffer, isForText: boolean) {
    super(bytes);
    this.#isForText = isForText;
  }

  protected readNext(depth: number): Read {
    const from = this.at;
    const initial = this.take(1)[0]!;
    const major = initial >> 5;
    const info = initial & 0x1f;
    if (info === INDEFINITE) return this.#indefinite(major, depth, from);
    if (info > 27) throw this.wrongAt(from);
    switch (major) {
      case UNSIGNED:
        return this.#argument(info);
      case NEGATIVE:
        return integer(-1n - BigInt(this.#argument(info)));
      case BYTES:
        return this.take(Number(this.#argument(info)));
      case TEXT:
        return this.string(Number(this.#argument(info)));
      case LIST:
        return this.list(Number(this.#argument(info)), depth);
      case MAP:
        return this.map(Number(this.#argument(info)), depth);
      case TAG:
        return this.#tagged(this.#argument(info), depth);
      default:
        return this.#simple(info);
    }
  }

  #argument(info: number): number | bigint {
    if (info < 24) return info;
    const size = 1 << (info - 24);
    const bytes = this.take(size);
    return size === 8 ? integer(bytes.readBigUInt64BE()) : bytes.readUIntBE(0, size);
  }

  #indefinite(major: number, depth: number, from: number): Read {
    const isDone = () => {
      if (this.left === 0) throw new SerdeError(say('serde.ends'));
      if (this.bytes[this.at] !== BREAK) return false;
      this.at += 1;
      return true;
    };
    switch (major) {
      case BYTES:
      case TEXT: {
        const parts: Read[] = [];
        while (!isDone()) {
          const next = this.bytes[this.at]!;
          if (next >> 5 !== major || (next & 0x1f) === INDEFINITE) throw this.wrongAt(this.at);
          parts.push(this.read(depth + 1));
        }
        return major === TEXT ? parts.join('') : Buffer.concat(parts as Buffer[]);
      }
      case LIST: {
        const list: Read[] = [];
        while (!isDone()) list.push(this.read(depth + 1));
        return list;
      }
      case MAP: {
        const map: ReadObject = {};
        while (!isDone()) this.entry(map, depth);
        return map;
      }
      default:
        throw this.wrongAt(from);
    }
  }

  #simple(info: number): Read {
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
      case 23:
        return null;
      case 25:
        return halfFloat(this.take(2).readUInt16BE());
      case 26:
        return shortestFloat(this.take(4).readFloatBE());
      case 27:
        return this.take(8).readDoubleBE();
      case 24:
        return { simple: this.take(1)[0]! };
      default:
        return { simple: info };
    }
  }

  #tagged(tag: number | bigint, depth: number): Read {
    const value = this.read(depth + 1);
    return this.#meant(tag, value) ?? { tag, value };
  }

  /** What a tagged value means; null: nothing that is known (RFC 8949, 3.4; tag 37 of the registry is a UUID). */
  #meant(tag: number | bigint, value: Read): Read {
    switch (tag) {
      case 0:
      case 32:
        return typeof value === 'string' ? value : null;
      case 1:
        return typeof value === 'number' ? timestampText(BigInt(Math.round(value * 1000)), 3) : null;
      case 2:
      case 3: {
        if (!(value instanceof Uint8Array) || value.length > MOST_DECIMAL_BYTES) return null;
        const number = BigInt(`0x${Buffer.from(value).toString('hex') || '0'}`);
        return integer(tag === 2 ? number : -1n - number);
      }
      case 4:
        return this.#decimalFraction(value);
      case 37:
        return value instanceof Uint8Array && value.length === 16 ? uuidText(Buffer.from(value)) : null;
      case 21:
      case 22:
      case 23:
      case 55799:
        return value;
      default:
        return null;
    }
  }

  #decimalFraction(value: Read): Read {
    const [exponent, mantissa] = Array.isArray(value) ? (value as Read[]) : [];
    const isNumber = typeof mantissa === 'number' || typeof mantissa === 'bigint';
    if (typeof exponent !== 'number' || !isNumber || Math.abs(exponent) > MOST_DECIMAL_BYTES) return null;
    if (exponent > 0) return integer(BigInt(mantissa) * 10n ** BigInt(exponent));
    return decimal(BigInt(mantissa), -exponent, this.#isForText);
  }
}

/** RFC 8949, appendix D. */
function halfFloat(half: number): number {
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  const sign = half & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (fraction + 1024) * 2 ** (exponent - 25);
}

/** Typed JSON in CBOR: whole numbers as integers, others as doubles. */
function written(given: Read, parts: Buffer[]): Buffer[] {
  if (given === null) parts.push(Buffer.from([0xf6]));
  else if (typeof given === 'boolean') parts.push(Buffer.from([given ? 0xf5 : 0xf4]));
  else if (typeof given === 'string') {
    const bytes = utf8Bytes(given);
    parts.push(head(TEXT, BigInt(bytes.length)), bytes);
  } else if ((typeof given === 'number' && Number.isInteger(given)) || isLong(given)) {
    const value = BigInt(given);
    parts.push(value < 0n ? head(NEGATIVE, -1n - value) : head(UNSIGNED, value));
  } else if (typeof given === 'number' || typeof given === 'bigint' || given instanceof Written) {
    const bytes = Buffer.alloc(9);
    bytes[0] = 0xfb;
    bytes.writeDoubleBE(Number(given instanceof Written ? given.value : given), 1);
    parts.push(bytes);
  } else if (Array.isArray(given)) {
    parts.push(head(LIST, BigInt(given.length)));
    for (const item of given) written(item as Read, parts);
  } else {
    const entries = Object.entries(given as { [name: string]: Read });
    parts.push(head(MAP, BigInt(entries.length)));
    for (const [name, value] of entries) {
      written(name, parts);
      written(value, parts);
    }
  }
  return parts;
}

function isLong(given: Read): given is bigint {
  return typeof given === 'bigint' && given < 2n ** 64n && given >= -(2n ** 64n);
}

function head(major: number, argument: bigint): Buffer {
  if (argument < 24n) return Buffer.from([(major << 5) | Number(argument)]);
  const power = argument < 0x100n ? 0 : argument < 0x10000n ? 1 : argument < 0x100000000n ? 2 : 3;
  const size = 1 << power;
  const bytes = Buffer.alloc(1 + size);
  bytes[0] = (major << 5) | (24 + power);
  Buffer.from(argument.toString(16).padStart(2 * size, '0'), 'hex').copy(bytes, 1);
  return bytes;
}
