import type { FieldError, Problem, ProblemCode } from './problem.ts';

export interface FailureOptions {
  /** What the person can do about it, one sentence. */
  action?: string;
  /** The fields that are wrong, as the contract names them. */
  fields?: FieldError[];
  /** Kafka's own error, where a broker gave one. */
  kafkaError?: { code: number; name: string };
  cause?: unknown;
}

/** HTTP status by code: the only place where the two meet. */
const STATUS: Record<ProblemCode, number> = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  refused_by_kafka: 422,
  unsupported_by_cluster: 422,
  cancelled: 499,
  internal: 500,
  broker_unreachable: 502,
  unavailable: 503,
  broker_timeout: 504,
};

export function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(STATUS, code);
}

/** The same in every copy of this module: the console's program and its bundle each load one. */
const BRAND = Symbol.for('kafdeck.failure');

/**
 * A failure that a person will read: a stable code, a sentence, and what to do. Thrown by use cases, turned into
 * problem+json (RFC 9457) at the HTTP edge, or carried inside an answer whose other parts succeeded.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly [BRAND] = true;
  readonly code: ProblemCode;
  readonly action: string | undefined;
  readonly fields: FieldError[] | undefined;
  readonly kafkaError: { code: number; name: string } | undefined;

  constructor(code: ProblemCode, detail: string, options: FailureOptions = {}) {
    super(detail, { cause: options.cause });
    this.code = code;
    this.action = options.action;
    this.fields = options.fields;
    this.kafkaError = options.kafkaError;
  }

  /** `instanceof` also holds for a failure made by another copy of this module. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  get status(): number {
    return STATUS[this.code];
  }

  toProblem(): Problem {
    return {
      type: `/docs/api#problem-${this.code.replaceAll('_', '-')}`,
      title: TITLE[this.code],
      status: this.status,
      code: this.code,
      detail: this.message,
      action: this.action,
      errors: this.fields,
      kafkaError: this.kafkaError,
    };
  }
}

const TITLE: Record<ProblemCode, string> = {
  invalid_request: 'The request is not valid',
  unauthenticated: 'Sign-in is needed',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  conflict: 'In conflict with the present state',
  payload_too_large: 'The request is too large',
  unsupported_media_type: 'The body has an unsupported type',
  refused_by_kafka: 'Kafka refused the request',
  unsupported_by_cluster: 'The cluster does not support this',
  cancelled: 'The request was cancelled',
  internal: 'Something went wrong in Kafdeck',
  broker_unreachable: 'A broker cannot be reached',
  unavailable: 'Not available at the moment',
  broker_timeout: 'A broker did not answer in time',
};
