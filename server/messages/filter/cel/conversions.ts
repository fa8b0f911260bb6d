import { instantOf } from './times.ts';
import { Duration, EvaluationError, isNumber, Timestamp, type Value, wholeNumber } from './values.ts';

/** Undefined: there is no such conversion. */
type Conversion = (value: Value) => Value | undefined;

const MAX_INT = 2n ** 63n - 1n;
const MIN_INT = -(2n ** 63n);
const MAX_UINT = 2n ** 64n - 1n;

export const intOf: Conversion = (value) => {
  if (value instanceof Timestamp) return Math.floor(value.ms / 1000);
  return wholeOf(value, 'int', MIN_INT, MAX_INT);
};

export const uintOf: Conversion = (value) => wholeOf(value, 'uint', 0n, MAX_UINT);

function wholeOf(value: Value, type: string, least: bigint, most: bigint): Value | undefined {
  const whole = towardsZero(value);
  if (whole === undefined) return undefined;
  if (whole === null || whole < least || whole > most) return cannot(type, value);
  return wholeNumber(whole);
}

/** Null for what stands for no whole number, undefined for what is none. */
function towardsZero(value: Value): bigint | null | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? BigInt(Math.trunc(value)) : null;
  if (typeof value === 'string') return /^[+-]?\d{1,20}$/.test(value) ? BigInt(value.replace('+', '')) : null;
  return undefined;
}

const NAMED_DOUBLES: Record<string, number> = {
  nan: Number.NaN,
  inf: Infinity,
  infinity: Infinity,
};

export const doubleOf: Conversion = (value) => {
  if (isNumber(value)) return Number(value);
  if (typeof value !== 'string') return undefined;
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) return Number(value);
  const [, sign, name = ''] = /^([+-]?)(\w+)$/.exec(value.toLowerCase()) ?? [];
  const named = NAMED_DOUBLES[name];
  if (named === undefined) return cannot('double', value);
  return sign === '-' ? -named : named;
};

export const stringOf: Conversion = (value) => {
  if (typeof value === 'string') return value;
  if (isNumber(value)) return numberText(value);
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (value instanceof Timestamp) return new Date(value.ms).toISOString().replace('.000Z', 'Z');
  if (value instanceof Duration) return `${value.ms / 1000}s`;
  return undefined;
};

function numberText(value: number | bigint): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}

const TRUE = ['1', 't', 'true', 'TRUE', 'True'];
const FALSE = ['0', 'f', 'false', 'FALSE', 'False'];

export const boolOf: Conversion = (value) => {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  if (TRUE.includes(value)) return true;
  return FALSE.includes(value) ? false : cannot('bool', value);
};

export const bytesOf: Conversion = (value) => {
  if (value instanceof Uint8Array) return value;
  return typeof value === 'string' ? Buffer.from(value) : undefined;
};

/** Text as RFC 3339, whole numbers as seconds since 1970. */
export const instantOfSeconds = (seconds: number | bigint) =>
  instantOf(Number(seconds) * 1000, String(seconds));

function cannot(type: string, value: Value): EvaluationError {
  return new EvaluationError('failed', `${type}(${JSON.stringify(String(value).slice(0, 40))})`);
}
