import { timestampText } from './avro/avro-logical.ts';
import { Structured } from './decoded.ts';
import { PackedReader } from './packed-reader.ts';
import { integer, type Read, shortestFloat, Written } from './plain.ts';
import { readJsonAsWritten } from './read-json.ts';
import type { Serde } from './serde.ts';
import { utf8Bytes } from './text.ts';

/** MessagePack. Bytes are shown in base64, timestamps as such, other extension types as `{"ext": type, "data": …}`. */
export const messagePackSerde: Serde = {
  name: 'messagepack',
  isSearchableInBytes: false,
  needsRecord: false,
  decode: (bytes) => new Structured('messagepack', null, () => new MessagePackReader(bytes).readWhole()),
  encode: async (text) => Buffer.concat(written(readJsonAsWritten(text), [])),
};

const TIMESTAMP = -1;

/** Written here, as libraries make arrays of the length that the bytes claim: a message of a few kilobytes then takes gigabytes. */
class MessagePackReader extends PackedReader {
  protected readNext(depth: number): Read {
    const type = this.take(1)[0]!;
    if (type < 0x80) return type;
    if (type >= 0xe0) return type - 0x100;
    if (type < 0x90) return this.map(type & 0x0f, depth);
    if (type < 0xa0) return this.list(type & 0x0f, depth);
    if (type < 0xc0) return this.string(type & 0x1f);
    switch (type) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.take(this.#length(type - 0xc4));
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.#extension(this.#length(type - 0xc7));
      case 0xca:
        return shortestFloat(this.take(4).readFloatBE());
      case 0xcb:
        return this.take(8).readDoubleBE();
      case 0xcc:
        return this.take(1).readUInt8();
      case 0xcd:
        return this.take(2).readUInt16BE();
      case 0xce:
        return this.take(4).readUInt32BE();
      case 0xcf:
        return integer(this.take(8).readBigUInt64BE());
      case 0xd0:
        return this.take(1).readInt8();
      case 0xd1:
        return this.take(2).readInt16BE();
      case 0xd2:
        return this.take(4).readInt32BE();
      case 0xd3:
        return integer(this.take(8).readBigInt64BE());
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.#extension(1 << (type - 0xd4));
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.string(this.#length(type - 0xd9));
      case 0xdc:
      case 0xdd:
        return this.list(this.#length(type - 0xdc + 1), depth);
      case 0xde:
      case 0xdf:
        return this.map(this.#length(type - 0xde + 1), depth);
      default:
        throw this.wrongAt(this.at - 1);
    }
  }

  /** A length of 1, 2 or 4 bytes. */
  #length(power: number): number {
    return this.take(1 << power).readUIntBE(0, 1 << power);
  }

  #extension(length: number): Read {
    const ext = this.take(1).readInt8();
    const data = this.take(length);
    return (ext === TIMESTAMP ? timestampOf(data) : null) ?? { ext, data };
  }
}

/** Seconds, or nanoseconds and seconds (MessagePack's timestamp extension type). */
function timestampOf(data: Buffer): string | null {
  switch (data.length) {
    case 4:
      return timestampText(BigInt(data.readUInt32BE()) * 1000n, 3);
    case 8: {
      const both = data.readBigUInt64BE();
      return timestampText((both & 0x3ffffffffn) * 1_000_000_000n + (both >> 34n), 9);
    }
    case 12:
      return timestampText(data.readBigInt64BE(4) * 1_000_000_000n + BigInt(data.readUInt32BE()), 9);
    default:
      return null;
  }
}

/** Typed JSON in MessagePack: whole numbers as the shortest integers, others as doubles. */
function written(given: Read, parts: Buffer[]): Buffer[] {
  if (given === null) parts.push(Buffer.from([0xc0]));
  else if (typeof given === 'boolean') parts.push(Buffer.from([given ? 0xc3 : 0xc2]));
  else if (typeof given === 'string') {
    const bytes = utf8Bytes(given);
    parts.push(head(bytes.length, [0xa0, 32], [0xd9, 0xda, 0xdb]), bytes);
  } else if (typeof given === 'number' && Number.isInteger(given)) parts.push(integerBytes(BigInt(given)));
  else if (typeof given === 'bigint' && given < 2n ** 64n && given >= -(2n ** 63n))
    parts.push(integerBytes(given));
  else if (typeof given === 'number' || typeof given === 'bigint' || given instanceof Written) {
    const bytes = Buffer.alloc(9);
    bytes[0] = 0xcb;
    bytes.writeDoubleBE(Number(given instanceof Written ? given.value : given), 1);
    parts.push(bytes);
  } else if (Array.isArray(given)) {
    parts.push(head(given.length, [0x90, 16], [null, 0xdc, 0xdd]));
    for (const item of given) written(item as Read, parts);
  } else {
    const entries = Object.entries(given as { [name: string]: Read });
    parts.push(head(entries.length, [0x80, 16], [null, 0xde, 0xdf]));
    for (const [name, value] of entries) {
      written(name, parts);
      written(value, parts);
    }
  }
  return parts;
}

/** A type byte with a short length in it, or followed by one of 8, 16 or 32 bits. */
function head(length: number, [fixed, end]: [number, number], types: (number | null)[]): Buffer {
  if (length < end) return Buffer.from([fixed | length]);
  const power = length < 0x100 && types[0] !== null ? 0 : length < 0x10000 ? 1 : 2;
  const bytes = Buffer.alloc(1 + (1 << power));
  bytes[0] = types[power]!;
  bytes.writeUIntBE(length, 1, 1 << power);
  return bytes;
}

function integerBytes(value: bigint): Buffer {
  if (value >= -32n && value < 128n) return Buffer.from([Number(BigInt.asUintN(8, value))]);
  const isNegative = value < 0n;
  const bits = [8, 16, 32, 64].find((size) =>
    isNegative ? BigInt.asIntN(size, value) === value : BigInt.asUintN(size, value) === value,
  )!;
  const bytes = Buffer.alloc(1 + bits / 8);
  bytes[0] = (isNegative ? 0xd0 : 0xcc) + Math.log2(bits / 8);
  Buffer.from(
    BigInt.asUintN(bits, value)
      .toString(16)
      .padStart(bits / 4, '0'),
    'hex',
  ).copy(bytes, 1);
  return bytes;
}
