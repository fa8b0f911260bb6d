import { binary, type Code, constant, variable } from './code.ts';
import {
  EvaluationError,
  isEqual,
  isList,
  isMap,
  isObject,
  type Value,
  valueAt,
  wrongTypes,
} from './values.ts';

/** `==` and `!=` */
export function sameness(left: Code, right: Code, isSame: boolean): Code {
  const text = left.constant ?? right.constant;
  // Texts are what is compared most, and are the same only when they are.
  if (typeof text === 'string') {
    return binary(left, right, (a, b) => (a === b) === isSame);
  }
  return binary(left, right, (a, b) => isEqual(a, b) === isSame);
}

/** `&&`: what is false on either side decides, even when the other cannot be told. */
export function and(left: Code, right: Code): Code {
  return logical(left, right, false);
}

/** `||`: what is true on either side decides, even when the other cannot be told. */
export function or(left: Code, right: Code): Code {
  return logical(left, right, true);
}

function logical(left: Code, right: Code, deciding: boolean): Code {
  const operator = deciding ? '||' : '&&';
  if (left.constant === deciding) return constant(deciding);
  const [runLeft, runRight] = [left.run, right.run];
  return variable((record, locals) => {
    const a = runLeft(record, locals);
    if (a === deciding) return deciding;
    const b = runRight(record, locals);
    if (b === deciding) return deciding;
    if (a instanceof EvaluationError) return a;
    if (b instanceof EvaluationError) return b;
    if (typeof a !== 'boolean' || typeof b !== 'boolean')
      return wrongTypes(([one, other]) => `${one} ${operator} ${other}`, a, b);
    return !deciding;
  });
}

export function ternary(condition: Code, then: Code, otherwise: Code): Code {
  return variable((record, locals) => {
    const is = condition.run(record, locals);
    if (is === true) return then.run(record, locals);
    if (is === false) return otherwise.run(record, locals);
    return is instanceof EvaluationError ? is : wrongTypes(([type]) => `${type} ? … : …`, is);
  });
}

/** `in` a list, by what its elements are; `in` a map, among its keys. */
export function membership(element: Code, collection: Code): Code {
  const list = collection.constant;
  if (list !== undefined && isList(list) && list.every((one) => typeof one === 'string')) {
    const texts = new Set<Value>(list);
    return binary(element, collection, (value) => texts.has(value));
  }
  return binary(element, collection, (value, all) => {
    if (isList(all)) return all.some((one) => isEqual(one, value));
    if (isMap(all) || isObject(all)) return valueAt(all, value) !== undefined;
    return wrongTypes(([left, right]) => `${left} in ${right}`, value, all);
  });
}
