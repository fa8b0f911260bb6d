import type { CelFunction, Implementation } from './cel-function.ts';
import { boolOf, bytesOf, doubleOf, instantOfSeconds, intOf, stringOf, uintOf } from './conversions.ts';
import { stringFunctions } from './string-functions.ts';
import { DURATION_PARTS, durationOf, inZone, TIMESTAMP_PARTS, timestampOf } from './times.ts';
import {
  Duration,
  EvaluationError,
  isList,
  isMap,
  isNumber,
  isObject,
  keysOf,
  Timestamp,
  TypeName,
  typeName,
  type Value,
} from './values.ts';

/** Functions that are called as `name(…)`. */
export const functions: ReadonlyMap<string, CelFunction> = new Map<string, CelFunction>([
  ['dyn', { call: (value) => value }],
  ['type', { call: (value) => new TypeName(typeName(value!)) }],
  ['size', { call: (value) => sizeOf(value!), isInt: true }],
  ['bool', { call: (value) => boolOf(value!) }],
  ['int', { call: (value) => intOf(value!), isInt: true }],
  ['uint', { call: (value) => uintOf(value!), isInt: true }],
  ['double', { call: (value) => doubleOf(value!) }],
  ['string', { call: (value) => stringOf(value!) }],
  ['bytes', { call: (value) => bytesOf(value!) }],
  ['timestamp', { call: (value) => toTimestamp(value!) }],
  ['duration', { call: (value) => (typeof value === 'string' ? durationOf(value) : undefined) }],
]);

/** Functions that are called as `value.name(…)`. */
export const methods: ReadonlyMap<string, CelFunction> = new Map<string, CelFunction>([
  ['size', { call: (value) => sizeOf(value!), isInt: true }],
  ...stringFunctions,
  ['hex', { call: ofBytes((bytes) => bytes.toString('hex')) }],
  ['base64', { call: ofBytes((bytes) => bytes.toString('base64')) }],
  ['string', { call: ofBytes((bytes) => bytes.toString('utf8')) }],
  ['at', { call: byteAt, isInt: true }],
  ...Object.keys({ ...TIMESTAMP_PARTS, ...DURATION_PARTS }).map((name): [string, CelFunction] => [
    name,
    { call: (value, zone) => timePart(name, value!, zone), isInt: true },
  ]),
]);

function sizeOf(value: Value): number | undefined {
  if (typeof value === 'string') return characters(value);
  if (isList(value) || value instanceof Uint8Array) return value.length;
  if (isMap(value) || isObject(value)) return keysOf(value).length;
  return undefined;
}

/** A character outside of the first plane is two in JavaScript and one in CEL. */
function characters(text: string): number {
  return /[\ud800-\udbff]/.test(text) ? [...text].length : text.length;
}

function toTimestamp(value: Value): Value | undefined {
  if (value instanceof Timestamp) return value;
  if (typeof value === 'string') return timestampOf(value);
  return isNumber(value) ? instantOfSeconds(value) : undefined;
}

function ofBytes(made: (bytes: Buffer) => Value): Implementation {
  return (value) => (value instanceof Uint8Array ? made(Buffer.from(value)) : undefined);
}

function byteAt(value: Value | undefined, index: Value | undefined): Value | undefined {
  if (!(value instanceof Uint8Array) || !isNumber(index!)) return undefined;
  return value[Number(index)] ?? new EvaluationError('no-such-key', String(index));
}

function timePart(name: string, value: Value, zone: Value | undefined): Value | undefined {
  if (value instanceof Duration && zone === undefined) return DURATION_PARTS[name]?.(value.ms);
  if (!(value instanceof Timestamp)) return undefined;
  if (zone !== undefined && typeof zone !== 'string') return undefined;
  const at = zone === undefined ? new Date(value.ms) : inZone(value, zone);
  return at instanceof EvaluationError ? at : TIMESTAMP_PARTS[name]!(at);
}
