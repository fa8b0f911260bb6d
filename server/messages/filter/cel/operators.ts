import {
  Duration,
  EvaluationError,
  isList,
  isNumber,
  Timestamp,
  type Value,
  wholeNumber,
  wrongTypes,
} from './values.ts';

export type Binary = (a: Value, b: Value) => Value;
export type Comparison = '<' | '<=' | '>' | '>=';
export type Arithmetic = '+' | '-' | '*' | '/' | '%';

type Ordered = number | bigint | string | boolean;

/** JavaScript compares numbers and bigints by what they stand for, and never finds NaN smaller or greater. */
const IN_ORDER: Record<Comparison, (a: Ordered, b: Ordered) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

export function comparison(operator: Comparison): Binary {
  const inOrder = IN_ORDER[operator];
  return (a, b) => {
    if (isNumber(a) && isNumber(b)) return inOrder(a, b);
    if (typeof a === 'string' && typeof b === 'string') return inOrder(a, b);
    if (typeof a === 'boolean' && typeof b === 'boolean') return inOrder(a, b);
    if (a instanceof Timestamp && b instanceof Timestamp) return inOrder(a.ms, b.ms);
    if (a instanceof Duration && b instanceof Duration) return inOrder(a.ms, b.ms);
    if (a instanceof Uint8Array && b instanceof Uint8Array) return inOrder(Buffer.compare(a, b), 0);
    return wrongTypes(([left, right]) => `${left} ${operator} ${right}`, a, b);
  };
}

/** Results that an expression can make of nothing are kept small: it may double them fifty times. */
const MOST_CHARACTERS = 16_777_216;
const MOST_ELEMENTS = 100_000;

export function tooLarge(): EvaluationError {
  return new EvaluationError('failed', 'too large');
}

/**
 * Arithmetic. Whole numbers of the expression itself (`areInts`) divide to whole numbers and must fit 64 bits; numbers out of JSON
 * are doubles unless only a bigint holds them.
 */
export function arithmetic(operator: Arithmetic, areInts: boolean): Binary {
  const ofInts = INTS[operator];
  const ofSafeInts = SAFE_INTS[operator];
  const ofDoubles = DOUBLES[operator];
  const ofOthers = OTHERS[operator];
  return (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') {
      if (!areInts) return ofDoubles(a, b);
      const result = ofSafeInts(a, b);
      return Number.isSafeInteger(result) ? result : ofInts(BigInt(a), BigInt(b));
    }
    if (isNumber(a) && isNumber(b)) {
      if (isWhole(a) && isWhole(b)) return ofInts(BigInt(a), BigInt(b));
      return ofDoubles(Number(a), Number(b));
    }
    return ofOthers?.(a, b) ?? wrongTypes(([left, right]) => `${left} ${operator} ${right}`, a, b);
  };
}

function isWhole(value: number | bigint): boolean {
  return typeof value === 'bigint' || Number.isInteger(value);
}

const INTS: Record<Arithmetic, (a: bigint, b: bigint) => Value> = {
  '+': (a, b) => int64(a + b),
  '-': (a, b) => int64(a - b),
  '*': (a, b) => int64(a * b),
  '/': (a, b) => (b === 0n ? byZero() : int64(a / b)),
  '%': (a, b) => (b === 0n ? byZero() : int64(a % b)),
};

/** Of numbers that hold whole numbers exactly; so do the results where they are as small. */
const SAFE_INTS: Record<Arithmetic, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => Math.trunc(a / b),
  '%': (a, b) => a % b,
};

const DOUBLES: Record<Arithmetic, (a: number, b: number) => Value> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => (b === 0 ? byZero() : a % b),
};

const OTHERS: Partial<Record<Arithmetic, (a: Value, b: Value) => Value | undefined>> = {
  '+': (a, b) => {
    if (typeof a === 'string' && typeof b === 'string')
      return a.length + b.length > MOST_CHARACTERS ? tooLarge() : a + b;
    if (isList(a) && isList(b)) return a.length + b.length > MOST_ELEMENTS ? tooLarge() : [...a, ...b];
    if (a instanceof Uint8Array && b instanceof Uint8Array)
      return a.length + b.length > MOST_CHARACTERS ? tooLarge() : Buffer.concat([a, b]);
    if (a instanceof Timestamp && b instanceof Duration) return new Timestamp(a.ms + b.ms);
    if (a instanceof Duration && b instanceof Timestamp) return new Timestamp(a.ms + b.ms);
    if (a instanceof Duration && b instanceof Duration) return new Duration(a.ms + b.ms);
    return undefined;
  },
  '-': (a, b) => {
    if (a instanceof Timestamp && b instanceof Timestamp) return new Duration(a.ms - b.ms);
    if (a instanceof Timestamp && b instanceof Duration) return new Timestamp(a.ms - b.ms);
    if (a instanceof Duration && b instanceof Duration) return new Duration(a.ms - b.ms);
    return undefined;
  },
};

export function int64(value: bigint): number | bigint | EvaluationError {
  return BigInt.asIntN(64, value) === value ? wholeNumber(value) : new EvaluationError('failed', 'overflow');
}

function byZero(): EvaluationError {
  return new EvaluationError('failed', 'division by zero');
}

export function negative(value: Value): Value {
  if (typeof value === 'number') return -value;
  if (typeof value === 'bigint') return int64(-value);
  return wrongTypes(([type]) => `-${type}`, value);
}

export function not(value: Value): Value {
  return typeof value === 'boolean' ? !value : wrongTypes(([type]) => `!${type}`, value);
}
