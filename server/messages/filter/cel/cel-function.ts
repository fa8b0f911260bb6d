import type { Value } from './values.ts';

/** What a function makes of its arguments, the receiver being the first; undefined for types that it is not for. */
export type Implementation = (...args: Value[]) => Value | undefined;

export interface CelFunction {
  readonly call: Implementation;
  /** Gives whole numbers of CEL, and not doubles that may be whole. */
  readonly isInt?: true;
}
