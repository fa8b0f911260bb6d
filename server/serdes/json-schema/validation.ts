import { createContext, Script } from 'node:vm';
import { Ajv, type AnySchema, type ErrorObject, type Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { type Place, placeText } from '../given.ts';
import { SerdeError } from '../serde.ts';

/** What is wrong with a value; null: nothing. Throws SerdeError when it takes too long to find out. */
export type Validate = (value: unknown) => { at: string; reason: string } | null;

/** A schema's regular expressions may take for ever, and they come from the registry. */
const PATIENCE_MS = 1000;
const COMPILE_PATIENCE_MS = 3000;

/**
 * Ajv writes a function for each schema. What it takes from the schema goes into it as quoted literals only
 * (its `_` templates), so a schema cannot put code into it.
 */
const OPTIONS: Options = {
  strict: false,
  validateSchema: false,
  validateFormats: false,
  logger: false,
  code: { regExp: Object.assign(expressionOf, { code: 'expressionOf' }) },
};

/**
 * Makes ready to validate against a schema.
 *
 * @param references by the names that `$ref` uses
 * @throws SerdeError when it is no JSON Schema, or refers to what is not there
 */
export function compileSchema(
  text: string,
  references: readonly { readonly name: string; readonly text: string }[],
): Validate {
  const schema = JSON.parse(text) as AnySchema;
  try {
    const validate = inTime(COMPILE_PATIENCE_MS, () => {
      const ajv = ajvFor(schema);
      for (const reference of references) {
        const referred = JSON.parse(reference.text) as object;
        for (const uri of urisOf(reference.name, schema)) {
          if (!ajv.schemas[uri] && !ajv.refs[uri]) ajv.addSchema(referred, uri);
        }
      }
      return ajv.compile(schema);
    });
    return (value) => {
      const isValid = inTime(PATIENCE_MS, () => validate(value));
      return isValid ? null : problemOf(validate.errors?.[0]);
    };
  } catch (error) {
    if (error instanceof SerdeError) throw error;
    throw new SerdeError(say('jsonSchema.unusable', { reason: (error as Error).message.slice(0, 300) }));
  }
}

function ajvFor(schema: AnySchema): Ajv {
  const draft = typeof schema === 'object' && typeof schema.$schema === 'string' ? schema.$schema : '';
  if (draft.includes('2020-12')) return new Ajv2020(OPTIONS);
  if (draft.includes('2019-09')) return new Ajv2019(OPTIONS);
  return new Ajv(OPTIONS);
}

/** A reference's name as it is, and as it is understood within the schema that uses it. */
function urisOf(name: string, schema: AnySchema): string[] {
  const base = typeof schema === 'object' && typeof schema.$id === 'string' ? schema.$id : null;
  if (base === null || !URL.canParse(name, base)) return [name];
  return [name, new URL(name, base).href];
}

/** As ECMAScript's Unicode expressions, or without, where a pattern was written for that. */
function expressionOf(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
}

function problemOf(error: ErrorObject | undefined): { at: string; reason: string } {
  if (!error) return { at: '', reason: '' };
  const steps = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const place = steps.reduce<Place | null>(
    (inside, step) => ({ inside, step: /^\d+$/.test(step) ? Number(step) : step }),
    null,
  );
  return { at: placeText(place), reason: reasonOf(error) };
}

/** In JSON Schema's words, with what they are about. */
function reasonOf({ message = '', params, keyword }: ErrorObject): string {
  const { additionalProperty, unevaluatedProperty, allowedValues } = params as Record<string, unknown>;
  const about = additionalProperty ?? unevaluatedProperty;
  if (about !== undefined) return `${message}: ${String(about).slice(0, 100)}`;
  if (keyword === 'enum' && Array.isArray(allowedValues)) {
    return `${message}: ${JSON.stringify(allowedValues).slice(0, 200)}`;
  }
  return message;
}

const context = createContext({ work: null as (() => void) | null });
const call = new Script('work()');

/** Does something in this thread, but no longer than it may take. */
function inTime<Result>(timeout: number, work: () => Result): Result {
  let result: { value: Result } | null = null;
  context.work = () => {
    result = { value: work() };
  };
  try {
    call.runInContext(context, { timeout });
  } catch (error) {
    const isLate = (error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw isLate ? new SerdeError(say('jsonSchema.tooLong', { seconds: timeout / 1000 })) : error;
  } finally {
    context.work = null;
  }
  return result!.value;
}
