import { uuidText } from '../identifiers.ts';
import { integer, type Read, Written } from '../plain.ts';
import type { Plain } from '../serde.ts';

/** What a schema says a value means (Avro 1.12, "Logical Types"). One that does not fit its type is ignored, as Avro demands. */
export type Logical =
  | { readonly means: 'decimal'; readonly scale: number }
  | { readonly means: 'big-decimal' | 'uuid' | 'date' | 'duration' }
  | { readonly means: 'time'; readonly unit: Unit }
  | { readonly means: 'timestamp'; readonly unit: Unit; readonly isLocal: boolean };

type Unit = 'millis' | 'micros' | 'nanos';
const DIGITS = { millis: 3, micros: 6, nanos: 9 } as const;
const MOST_SCALE = 10_000;
/** A number of so many bytes is shown as bytes: writing it out would take longer than reading it. */
export const MOST_DECIMAL_BYTES = 4096;

/** The logical type of a schema whose underlying type is `kind`; `size` that of a fixed. */
export function logicalOf(
  schema: { readonly [name: string]: Plain | undefined },
  kind: string,
  size: number | null,
): Logical | null {
  const { logicalType, precision, scale = 0 } = schema;
  if (typeof logicalType !== 'string') return null;
  const of = `${logicalType} ${kind}`;
  switch (of) {
    case 'decimal bytes':
    case 'decimal fixed': {
      const isSound =
        Number.isInteger(precision) &&
        Number.isInteger(scale) &&
        Number(scale) >= 0 &&
        Number(scale) <= MOST_SCALE;
      return isSound ? { means: 'decimal', scale: Number(scale) } : null;
    }
    case 'big-decimal bytes':
    case 'uuid string':
    case 'date int':
      return { means: logicalType as 'big-decimal' | 'uuid' | 'date' };
    case 'uuid fixed':
      return size === 16 ? { means: 'uuid' } : null;
    case 'duration fixed':
      return size === 12 ? { means: 'duration' } : null;
    case 'time-millis int':
    case 'time-micros long':
      return { means: 'time', unit: logicalType.slice('time-'.length) as Unit };
  }
  const timestamp = /^(local-)?timestamp-(millis|micros|nanos) long$/.exec(of);
  if (!timestamp) return null;
  return { means: 'timestamp', unit: timestamp[2] as Unit, isLocal: timestamp[1] !== undefined };
}

/** An int or long as its logical type shows it. */
export function shownInteger(logical: Logical, value: bigint): Read {
  switch (logical.means) {
    case 'date':
      return dateText(value) ?? integer(value);
    case 'time':
      return timeText(value, DIGITS[logical.unit]) ?? integer(value);
    case 'timestamp':
      return timestampText(value, DIGITS[logical.unit], logical.isLocal) ?? integer(value);
    default:
      return integer(value);
  }
}

/** Bytes or a fixed as their logical type shows them. */
export function shownBytes(logical: Logical, bytes: Buffer, isForText: boolean): Read {
  switch (logical.means) {
    case 'decimal':
      return bytes.length > MOST_DECIMAL_BYTES ? bytes : decimal(unscaled(bytes), logical.scale, isForText);
    case 'uuid':
      return uuidText(bytes);
    case 'duration': {
      const [months, days, millis] = [0, 4, 8].map((at) => bytes.readUInt32LE(at));
      return `P${months}M${days}DT${millis! / 1000}S`;
    }
    default:
      return bytes;
  }
}

/** A decimal number: exact as it is written, the nearest number as a value. */
export function decimal(value: bigint, scale: number, isForText: boolean): Read {
  if (scale === 0) return integer(value);
  const text = decimalText(value, scale);
  return isForText ? new Written(text, Number(text)) : Number(text);
}

/** `1230` with scale 2 is `12.30`. */
export function decimalText(value: bigint, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Two's complement, big-endian. */
export function unscaled(bytes: Buffer): bigint {
  if (bytes.length === 0) return 0n;
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`));
}

const DAY_MS = 86_400_000n;
/** The first millisecond of the years 0 and 10000: ISO 8601 writes only those in between with four digits. */
const FIRST_MS = BigInt(Date.parse('0000-01-01T00:00:00Z'));
const END_MS = BigInt(Date.UTC(10_000, 0, 1));

function dateText(days: bigint): string | null {
  const millis = days * DAY_MS;
  if (millis < FIRST_MS || millis >= END_MS) return null;
  return new Date(Number(millis)).toISOString().slice(0, 10);
}

function timeText(value: bigint, digits: number): string | null {
  const perSecond = 10n ** BigInt(digits);
  if (value < 0n || value >= 86_400n * perSecond) return null;
  const time = new Date(Number(value / perSecond) * 1000).toISOString().slice(11, 19);
  return `${time}.${String(value % perSecond).padStart(digits, '0')}`;
}

/** `2026-01-31T12:00:00.000Z`, a local one without its Z; null outside the years 0 to 9999. */
export function timestampText(value: bigint, digits: number, isLocal = false): string | null {
  const perSecond = 10n ** BigInt(digits);
  let seconds = value / perSecond;
  let fraction = value % perSecond;
  if (fraction < 0n) {
    seconds -= 1n;
    fraction += perSecond;
  }
  const millis = seconds * 1000n;
  if (millis < FIRST_MS || millis >= END_MS) return null;
  const time = new Date(Number(millis)).toISOString().slice(0, 19);
  return `${time}.${String(fraction).padStart(digits, '0')}${isLocal ? '' : 'Z'}`;
}
