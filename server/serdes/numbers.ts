import { say } from '../../lib/i18n/sentences/sentence.ts';
import { Known } from './decoded.ts';
import { integer, shortestFloat } from './plain.ts';
import { type Serde, SerdeError } from './serde.ts';

type NumberName = 'short' | 'integer' | 'long' | 'float' | 'double';

/** Numbers as Kafka's serializers of these names write them: big-endian, of fixed size. */
export const shortSerde = whole(
  'short',
  2,
  (bytes) => BigInt(bytes.readInt16BE()),
  (bytes, value) => bytes.writeInt16BE(Number(value)),
);
export const integerSerde = whole(
  'integer',
  4,
  (bytes) => BigInt(bytes.readInt32BE()),
  (bytes, value) => bytes.writeInt32BE(Number(value)),
);
export const longSerde = whole(
  'long',
  8,
  (bytes) => bytes.readBigInt64BE(),
  (bytes, value) => bytes.writeBigInt64BE(value),
);
export const floatSerde = floating(
  'float',
  4,
  (bytes) => shortestFloat(bytes.readFloatBE()),
  (bytes, value) => bytes.writeFloatBE(value),
);
export const doubleSerde = floating(
  'double',
  8,
  (bytes) => bytes.readDoubleBE(),
  (bytes, value) => bytes.writeDoubleBE(value),
);

function whole(
  name: NumberName,
  size: number,
  read: (bytes: Buffer) => bigint,
  write: (bytes: Buffer, value: bigint) => void,
): Serde {
  const most = 2n ** BigInt(8 * size - 1) - 1n;
  return {
    name,
    isSearchableInBytes: false,
    needsRecord: false,
    decode: (bytes) => {
      checkSize(name, bytes, size);
      const value = read(bytes);
      return new Known(name, 'json', String(value), integer(value));
    },
    encode: async (text) => {
      if (!/^\s*[+-]?\d{1,40}\s*$/.test(text)) throw new SerdeError(say('serde.notInteger'));
      const value = BigInt(text.trim().replace(/^\+/, ''));
      if (value > most || value < -most - 1n) {
        throw new SerdeError(say('serde.outOfRange', { least: -most - 1n, most }));
      }
      const bytes = Buffer.alloc(size);
      write(bytes, value);
      return bytes;
    },
  };
}

function floating(
  name: NumberName,
  size: number,
  read: (bytes: Buffer) => number,
  write: (bytes: Buffer, value: number) => void,
): Serde {
  return {
    name,
    isSearchableInBytes: false,
    needsRecord: false,
    decode: (bytes) => {
      checkSize(name, bytes, size);
      const value = read(bytes);
      const text = Object.is(value, -0) ? '-0' : String(value);
      return new Known(name, Number.isFinite(value) ? 'json' : 'text', text, value);
    },
    encode: async (text) => {
      if (!FLOATING.test(text.trim())) throw new SerdeError(say('serde.notNumber'));
      const bytes = Buffer.alloc(size);
      write(bytes, Number(text));
      return bytes;
    },
  };
}

const FLOATING = /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|NaN|[+-]?Infinity)$/;

function checkSize(serde: NumberName, bytes: Buffer, needed: number): void {
  if (bytes.length !== needed) {
    throw new SerdeError(say('serde.size', { serde, needed, size: bytes.length }));
  }
}
