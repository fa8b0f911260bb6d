import { z } from 'zod';
import type { EndpointShape } from '../../lib/contract/endpoint.ts';
import { Failure } from '../../lib/contract/failure.ts';
import type { FieldError } from '../../lib/contract/problem.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { issueSentence } from './issue-sentence.ts';

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
    if (Object.hasOwn(given, name)) throw invalid([{ field: name, message: say('field.twice') }]);
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
    throw invalid([{ field: 'body', message: say('body.none') }]);
  }
  const given = body === undefined ? {} : body;
  const parsed = parse(shape.body, given);
  if (shape.body instanceof z.ZodObject) {
    const known = Object.keys(shape.body.shape);
    const unknown = Object.keys(given as object).filter((key) => !known.includes(key));
    if (unknown.length > 0) {
      const message = say('field.unknown', { known: known.join(', ') });
      throw invalid(unknown.map((field) => ({ field, message })));
    }
  }
  return parsed;
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function parse(schema: z.ZodType, given: unknown): unknown {
  const result = schema.safeParse(given, { reportInput: true });
  if (result.success) return result.data;
  // Of several things wrong with one field the last is the narrowest.
  const byField = new Map(
    result.error.issues.map((issue) => [issue.path.join('.') || 'body', issueSentence(issue)]),
  );
  throw invalid([...byField].map(([field, message]) => ({ field, message })));
}

function invalid(errors: Unspoken<FieldError>[]): Failure {
  const { field, message } = errors[0]!;
  const first = say('ofField', { field, message });
  const detail = errors.length === 1 ? first : say('andMore', { text: first, count: errors.length - 1 });
  return new Failure('invalid_request', detail, { fields: errors.slice(0, MAX_ERRORS) });
}
