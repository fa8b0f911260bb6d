import type { FieldError, ProblemCode } from './problem.ts';
import type { Sentence, Unspoken } from './sentence.ts';

export interface FailureOptions {
  /** What the person can do about it, one sentence. */
  action?: Sentence;
  /** The fields that are wrong, as the contract names them. */
  fields?: Unspoken<FieldError>[];
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

/** What a failure says, in no language yet. */
interface Said {
  readonly detail: Sentence;
  readonly action: Sentence | undefined;
  readonly fields: Unspoken<FieldError>[] | undefined;
}

/**
 * A failure that a person will read: a stable code, a sentence, and what to do. Thrown by use cases, turned into
 * problem+json (RFC 9457) at the HTTP edge, or carried inside an answer whose other parts succeeded. As an Error it
 * speaks English, for the log; `said` is put into the reader's language where it is written down.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly [BRAND] = true;
  readonly code: ProblemCode;
  readonly said: Said;
  readonly kafkaError: { code: number; name: string } | undefined;

  constructor(code: ProblemCode, detail: Sentence, options: FailureOptions = {}) {
    super(detail.toString(), { cause: options.cause });
    this.code = code;
    this.said = { detail, action: options.action, fields: options.fields };
    this.kafkaError = options.kafkaError;
  }

  /** `instanceof` also holds for a failure made by another copy of this module. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  get status(): number {
    return STATUS[this.code];
  }

  /** Where the reference tells of this kind. */
  get type(): string {
    return `/docs/api#problem-${this.code.replaceAll('_', '-')}`;
  }

  get action(): string | undefined {
    return this.said.action?.toString();
  }

  get fields(): FieldError[] | undefined {
    return this.said.fields?.map((error) => ({ ...error, message: error.message.toString() }));
  }
}
