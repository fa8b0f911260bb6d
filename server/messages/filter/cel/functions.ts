import type { Implementation } from './cel-function.ts';
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
export const functions: ReadonlyMap<string, Implementation> = new Map<string, Implementation>([
  ['dyn', (value) => value],
  ['type', (value) => new TypeName(typeName(value!))],
  ['size', (value) => sizeOf(value!)],
  ['bool', (value) => boolOf(value!)],
  ['int', (value) => intOf(value!)],
  ['uint', (value) => uintOf(value!)],
  ['double', (value) => doubleOf(value!)],
  ['string', (value) => stringOf(value!)],
  ['bytes', (value) => bytesOf(value!)],
  ['timestamp', (value) => toTimestamp(value!)],
  ['duration', (value) => (typeof value === 'string' ? durationOf(value) : undefined)],
]);

/** Functions that are called as `value.name(…)`. */
export const methods: ReadonlyMap<string, Implementation> = new Map<string, Implementation>([
  ['size', (value) => sizeOf(value!)],
  ...stringFunctions,
  ['hex', ofBytes((bytes) => bytes.toString('hex'))],
  ['base64', ofBytes((bytes) => bytes.toString('base64'))],
  ['string', ofBytes((bytes) => bytes.toString('utf8'))],
  ['at', byteAt],
  ...Object.keys({ ...TIMESTAMP_PARTS, ...DURATION_PARTS }).map((name): [string, Implementation] => [
    name,
    (value, zone) => timePart(name, value!, zone),
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
