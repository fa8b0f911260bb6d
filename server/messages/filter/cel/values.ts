import type { Plain } from '../../../serdes/serde.ts';
import type { EvaluationProblem } from '../unevaluated.ts';

/**
 * What an expression works with. Whole numbers are numbers where those hold them exactly, and bigints beyond; which of them is an
 * `int` of CEL is known when the expression is compiled, and what comes out of JSON is a `double` that may be whole.
 */
export type Value =
  | Plain
  | Timestamp
  | Duration
  | TypeName
  | ReadonlyMap<Value, Value>
  | readonly Value[]
  | EvaluationError;

/** A point in time. Milliseconds since 1970, with fractions as far as they go. */
export class Timestamp {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }
}

/** A length of time in milliseconds, with fractions as far as they go. */
export class Duration {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }
}

/** What `type()` gives. */
export class TypeName {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What an operation gives that has no result. It is a value and not thrown: a filter may meet it in every one of a million records. */
export class EvaluationError {
  readonly why: EvaluationProblem;

  constructor(code: EvaluationProblem['code'], about: string) {
    this.why = { code, about };
  }
}

/** An operation that is not there for values of these types: `string > int`. */
export function wrongTypes(pattern: (types: string[]) => string, ...values: Value[]): EvaluationError {
  return new EvaluationError('wrong-types', pattern(values.map(typeName)));
}

export function isNumber(value: Value): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is ReadonlyMap<Value, Value> {
  return value instanceof Map;
}

/** An object that somebody sent: its names are its own, whatever they are called. */
export function isObject(value: Value): value is { readonly [name: string]: Plain } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof Map) &&
    !(value instanceof Timestamp) &&
    !(value instanceof Duration) &&
    !(value instanceof TypeName) &&
    !(value instanceof EvaluationError)
  );
}

/** The name of a value's type as CEL knows it. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'double';
    case 'bigint':
      return 'int';
    case 'boolean':
      return 'bool';
    default:
  }
  if (value === null) return 'null_type';
  if (isList(value)) return 'list';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Timestamp) return 'google.protobuf.Timestamp';
  if (value instanceof Duration) return 'google.protobuf.Duration';
  if (value instanceof TypeName) return 'type';
  return 'map';
}

/** Whole numbers as this evaluator holds them. */
export function wholeNumber(value: bigint): number | bigint {
  return value <= MAX_SAFE && value >= -MAX_SAFE ? Number(value) : value;
}
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** Values of different types are never the same, but for numbers, which are compared by what they stand for. */
export function isEqual(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a === 'number') return typeof b === 'bigint' && isSameNumber(a, b);
  if (typeof a === 'bigint') return typeof b === 'number' && isSameNumber(b, a);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((one, i) => isEqual(one, b[i]!));
  if (a instanceof Uint8Array) return b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  if (a instanceof Timestamp) return b instanceof Timestamp && a.ms === b.ms;
  if (a instanceof Duration) return b instanceof Duration && a.ms === b.ms;
  if (a instanceof TypeName) return b instanceof TypeName && a.name === b.name;
  return isMapLike(a) && isMapLike(b) && isSameMap(a, b);
}

function isSameNumber(double: number, whole: bigint): boolean {
  return Number.isInteger(double) && BigInt(double) === whole;
}

type MapLike = ReadonlyMap<Value, Value> | { readonly [name: string]: Plain };

function isMapLike(value: Value): value is MapLike {
  return isMap(value) || isObject(value);
}

function isSameMap(a: MapLike, b: MapLike): boolean {
  const names = keysOf(a);
  if (names.length !== keysOf(b).length) return false;
  return names.every((name) => {
    const other = valueAt(b, name);
    return other !== undefined && isEqual(valueAt(a, name)!, other);
  });
}

export function keysOf(map: MapLike): Value[] {
  return isMap(map) ? [...map.keys()] : Object.keys(map);
}

/** What a map has under a key, undefined where it has none. Maps out of messages only have texts as keys: `m[1]` finds `"1"`. */
export function valueAt(map: MapLike, key: Value): Value | undefined {
  if (isMap(map)) return map.get(typeof key === 'bigint' ? wholeNumber(key) : key);
  if (typeof key === 'string') return Object.hasOwn(map, key) ? map[key] : undefined;
  if (!isNumber(key) && typeof key !== 'boolean') return undefined;
  return valueAt(map, String(key));
}
