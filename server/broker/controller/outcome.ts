/** How one item of a request went: Kafka's error code (0: done) and Kafka's words for it. */
export interface Outcome {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

/** Done, nothing to say. */
export const DONE: Outcome = { errorCode: 0, errorMessage: null };

export function refused(errorCode: number, errorMessage: string | null): Outcome {
  return { errorCode, errorMessage };
}
