import type { TestedRecord } from '../tested-record.ts';
import { EvaluationError, type Value } from './values.ts';

/** Gives the value of a part of an expression for a record. `locals` are the variables of macros, by number. */
export type Run = (record: TestedRecord, locals: Value[]) => Value;

/** A part of an expression, ready to run. */
export interface Code {
  readonly run: Run;
  /** What it gives for every record; undefined where that depends on the record. */
  readonly constant: Value | undefined;
}

export function constant(value: Value): Code {
  return { run: () => value, constant: value };
}

export function variable(run: Run): Code {
  return { run, constant: undefined };
}

/** An operation on one value: errors pass through it. */
export function unary(part: Code, operation: (a: Value) => Value): Code {
  if (part.constant !== undefined) return constant(operation(part.constant));
  const { run } = part;
  return variable((record, locals) => {
    const a = run(record, locals);
    return a instanceof EvaluationError ? a : operation(a);
  });
}

/** An operation on two values: the first error passes through it. */
export function binary(left: Code, right: Code, operation: (a: Value, b: Value) => Value): Code {
  if (left.constant !== undefined && right.constant !== undefined)
    return constant(operation(left.constant, right.constant));
  const [runLeft, runRight] = [left.run, right.run];
  return variable((record, locals) => {
    const a = runLeft(record, locals);
    if (a instanceof EvaluationError) return a;
    const b = runRight(record, locals);
    return b instanceof EvaluationError ? b : operation(a, b);
  });
}

/** An operation on any number of values: the first error passes through it. */
export function nary(parts: readonly Code[], operation: (values: Value[]) => Value): Code {
  if (parts.every((part) => part.constant !== undefined))
    return constant(operation(parts.map((part) => part.constant!)));
  const runs = parts.map(({ run }) => run);
  return variable((record, locals) => {
    const values: Value[] = [];
    for (const run of runs) {
      const value = run(record, locals);
      if (value instanceof EvaluationError) return value;
      values.push(value);
    }
    return operation(values);
  });
}

/** What one evaluation may still do before it is given up, so that no expression over a message runs or grows without end. */
export interface Meter {
  left: number;
}

export const MOST_STEPS = 5_000_000;

export function tooMuchWork(): EvaluationError {
  return new EvaluationError('failed', 'too much work');
}
