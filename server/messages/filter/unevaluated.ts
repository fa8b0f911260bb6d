/** Records that a filter could not be asked about: they do not match. Plain data, so that workers can send and the engine can add it up. */
export interface Unevaluated {
  count: number;
  /** The first one, and why. */
  first: { topic: string; partition: number; offset: number; why: EvaluationProblem } | null;
}

/** Why an expression has no result for a record. */
export interface EvaluationProblem {
  code: 'no-such-key' | 'wrong-types' | 'unreadable' | 'failed';
  /** The key that is missing, the operation and its types, or what went wrong. */
  about: string;
}
