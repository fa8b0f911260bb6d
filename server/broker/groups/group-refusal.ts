/** Why a coordinator does not do what it is asked, in Kafka's words. */
export class GroupRefusal extends Error {
  override name = 'GroupRefusal';
  readonly errorCode: number;

  constructor(errorCode: number, message: string) {
    super(message);
    this.errorCode = errorCode;
  }
}

/** The answer of `serve`, or what `refuse` makes of a refusal. Other errors go on. */
export async function orRefusal<Answer>(
  serve: () => Promise<Answer> | Answer,
  refuse: (refusal: { errorCode: number; errorMessage: string }) => Answer,
): Promise<Answer> {
  try {
    return await serve();
  } catch (error) {
    if (!(error instanceof GroupRefusal)) throw error;
    return refuse({ errorCode: error.errorCode, errorMessage: error.message });
  }
}
