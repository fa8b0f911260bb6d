import { integerOf } from '../given.ts';
import { type Read, Written } from '../plain.ts';
import type { Logical } from './avro-logical.ts';

const FRACTION = { millis: 3, micros: 6, nanos: 9 } as const;
const DECIMAL = /^([+-]?)(\d{1,1000})(?:\.(\d{1,1000}))?(?:[eE]([+-]?\d{1,3}))?$/;
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})?$/;

/** The int or long that a date, time or timestamp stands for as it is shown; null: it is not one. */
export function integerOfLogical(logical: Logical, given: Read | undefined): bigint | null {
  if (typeof given !== 'string') return null;
  switch (logical.means) {
    case 'date': {
      const millis = /^\d{4}-\d{2}-\d{2}$/.test(given) ? Date.parse(`${given}T00:00:00Z`) : Number.NaN;
      return Number.isNaN(millis) ? null : BigInt(millis / 86_400_000);
    }
    case 'time': {
      const [, time, fraction = ''] = /^(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?$/.exec(given) ?? [];
      return time === undefined ? null : units(`1970-01-01T${time}Z`, fraction, FRACTION[logical.unit]);
    }
    case 'timestamp': {
      const [, date, time, fraction = '', zone = 'Z'] = TIMESTAMP.exec(given) ?? [];
      return date === undefined ? null : units(`${date}T${time}${zone}`, fraction, FRACTION[logical.unit]);
    }
    default:
      return null;
  }
}

/** Seconds of a time, and its fraction, in units of which there are 10^digits a second; null: finer than that, or no time. */
export function units(time: string, fraction: string, digits: number): bigint | null {
  const millis = Date.parse(time);
  const fine = fraction.replace(/0+$/, '');
  if (Number.isNaN(millis) || fine.length > digits) return null;
  return BigInt(millis / 1000) * 10n ** BigInt(digits) + BigInt(fine.padEnd(digits, '0'));
}

/** The bytes that a decimal, UUID or duration stands for as it is shown; null: it is not one. */
export function bytesOfLogical(
  logical: Logical,
  given: Read | undefined,
  size: number | null,
): Buffer | null {
  switch (logical.means) {
    case 'decimal': {
      const value = unscaledOf(given, logical.scale);
      return value === null ? null : twosComplement(value, size);
    }
    case 'uuid': {
      const digits = typeof given === 'string' ? given.replaceAll('-', '') : '';
      return /^[0-9a-fA-F]{32}$/.test(digits) && given !== digits ? Buffer.from(digits, 'hex') : null;
    }
    case 'duration': {
      const match =
        typeof given === 'string' ? /^P(\d{1,10})M(\d{1,10})DT(\d{1,7})(?:\.(\d{1,3}))?S$/.exec(given) : null;
      if (!match) return null;
      const [, months, days, seconds, fraction = ''] = match;
      const parts = [Number(months), Number(days), Number(seconds) * 1000 + Number(fraction.padEnd(3, '0'))];
      if (parts.some((part) => part > 0xffffffff)) return null;
      const bytes = Buffer.alloc(12);
      parts.forEach((part, index) => void bytes.writeUInt32LE(part, 4 * index));
      return bytes;
    }
    default:
      return null;
  }
}

/** The unscaled number of a decimal; null where it has more digits after the point than the scale. */
function unscaledOf(given: Read | undefined, scale: number): bigint | null {
  const whole = typeof given === 'string' ? null : integerOf(given);
  if (whole !== null) return whole * 10n ** BigInt(scale);
  const text = given instanceof Written ? given.text : typeof given === 'number' ? String(given) : given;
  const match = typeof text === 'string' ? DECIMAL.exec(text) : null;
  if (!match) return null;
  const [, sign, digits = '', fraction = '', exponent = '0'] = match;
  const shift = scale + Number(exponent) - fraction.length;
  const all = BigInt(`${digits}${fraction}`);
  const lost = shift < 0 ? 10n ** BigInt(-shift) : 1n;
  if (all % lost !== 0n) return null;
  const value = shift < 0 ? all / lost : all * 10n ** BigInt(shift);
  return sign === '-' ? -value : value;
}

/** Big-endian, as short as it can be, or in `size` bytes; null where it does not fit into them. */
function twosComplement(value: bigint, size: number | null): Buffer | null {
  let length = 1;
  while (BigInt.asIntN(8 * length, value) !== value) length += 1;
  if (size !== null && length > size) return null;
  const bytes = size ?? length;
  const hex = BigInt.asUintN(8 * bytes, value)
    .toString(16)
    .padStart(2 * bytes, '0');
  return Buffer.from(hex, 'hex');
}
