import type { TestedHeader, TestedRecord } from '../tested-record.ts';
import { type Code, unary, variable } from './code.ts';
import { EvaluationError, isList, isMap, isNumber, isObject, type Value, valueAt } from './values.ts';

/** `object.name` */
export function field(object: Code, name: string): Code {
  const missing = new EvaluationError('no-such-key', name);
  return unary(object, (value) => {
    const found = fieldOf(value, name);
    return found === undefined ? missing : found;
  });
}

/** `object[index]` of a map by key, of a list by number. */
export function indexed(value: Value, index: Value): Value {
  if (isList(value)) {
    if (!isNumber(index)) return new EvaluationError('wrong-types', 'list[…]');
    return foundOr(value[Number(index)], index);
  }
  return foundOr(isMap(value) || isObject(value) ? valueAt(value, index) : undefined, index);
}

function foundOr(found: Value | undefined, key: Value): Value {
  return found === undefined ? new EvaluationError('no-such-key', String(key).slice(0, 100)) : found;
}

/** Undefined where there is no such field, and in what has no fields. */
function fieldOf(value: Value, name: string): Value | undefined {
  return isMap(value) || isObject(value) ? valueAt(value, name) : undefined;
}

/**
 * Whether a field is there. Where something on the way to it is missing it is not there either; CEL itself calls that an error,
 * but who asks whether a message has a field means no by it.
 */
export function hasField(object: Code, name: string): Code {
  const { run } = object;
  return variable((record, locals) => {
    const value = run(record, locals);
    if (value instanceof EvaluationError) return value.why.code === 'no-such-key' ? false : value;
    return fieldOf(value, name) !== undefined;
  });
}

/** `headers["name"]`: the last one of that name, as most clients take it. */
export function header(name: string): Code {
  const missing = new EvaluationError('no-such-key', name);
  return variable(({ headers }) => {
    const found = headers.findLast(({ key }) => key === name);
    return found === undefined ? missing : headerText(found);
  });
}

export function hasHeader(name: string): Code {
  return variable(({ headers }) => headers.some(({ key }) => key === name));
}

/** All headers as a map. */
export function headerMap({ headers }: TestedRecord): Value {
  return new Map(headers.map((one) => [one.key, headerText(one)]));
}

function headerText({ value }: TestedHeader): string | null {
  return value === null ? null : value.toString('utf8');
}
