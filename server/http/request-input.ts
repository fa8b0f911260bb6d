import { z } from 'zod';
import type { EndpointShape } from '../../lib/contract/endpoint.ts';
import { Failure } from '../../lib/contract/failure.ts';
import type { FieldError } from '../../lib/contract/problem.ts';

/** Errors are told for this many fields, however many are wrong. */
const MAX_ERRORS = 20;

/** Parameters of the path, checked. @throws Failure `invalid_request` */
export function parseParams(shape: EndpointShape, params: Record<string, string>): unknown {
  return shape.params ? parse(shape.params, params) : {};
}

/** Parameters behind the `?`, checked; an empty one counts as absent. @throws Failure `invalid_request` */
export function parseQuery(shape: EndpointShape, search: URLSearchParams): unknown {
  if (!shape.query) return {};
  const given: Record<string, string> = {};
  for (const [name, value] of search) {
    if (Object.hasOwn(given, name)) throw invalid([{ field: name, message: 'Given more than once' }]);
    if (value !== '') given[name] = value;
  }
  return parse(shape.query, given);
}

/**
 * A body, checked; an absent one counts as `{}`. A key that the contract does not know is an error: ignoring a
 * mistyped one would change something else than was meant.
 *
 * @throws Failure `invalid_request`
 */
export function parseBody(shape: EndpointShape, body: unknown): unknown {
  if (!shape.body) {
    if (body === undefined || isEmptyObject(body)) return undefined;
    throw invalid([{ field: 'body', message: 'This request takes no body' }]);
  }
  const given = body === undefined ? {} : body;
  const parsed = parse(shape.body, given);
  if (shape.body instanceof z.ZodObject) {
    const known = Object.keys(shape.body.shape);
    const unknown = Object.keys(given as object).filter((key) => !known.includes(key));
    if (unknown.length > 0) {
      throw invalid(unknown.map((field) => ({ field, message: `Not known; known are ${known.join(', ')}` })));
    }
  }
  return parsed;
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function parse(schema: z.ZodType, given: unknown): unknown {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  // Of several things wrong with one field the last is the narrowest.
  const byField = new Map(
    result.error.issues.map(({ path, message }) => [path.join('.') || 'body', message]),
  );
  throw invalid([...byField].map(([field, message]) => ({ field, message })));
}

function invalid(errors: FieldError[]): Failure {
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new Failure('invalid_request', `${first?.field}: ${first?.message}${more}`, {
    fields: errors.slice(0, MAX_ERRORS),
  });
}
