import type { Value } from './values.ts';

/** What a function makes of its arguments, the receiver being the first; undefined for types that it is not for. */
export type Implementation = (...args: Value[]) => Value | undefined;
