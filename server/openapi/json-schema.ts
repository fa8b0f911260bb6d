import { z } from 'zod';

export type JsonSchema = { [key: string]: unknown };

/**
 * A schema of the contract as JSON Schema 2020-12, the dialect of OpenAPI 3.1. Schemas with an id are put into `named`
 * once and referred to.
 *
 * @param io `input`: what is sent, before defaults; `output`: what is answered
 */
export function jsonSchemaOf(
  schema: z.ZodType,
  io: 'input' | 'output',
  named: Record<string, JsonSchema>,
): JsonSchema {
  const {
    $schema: _,
    $defs,
    ...rest
  } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => simplify(jsonSchema as JsonSchema),
  }) as JsonSchema & { $defs?: Record<string, JsonSchema> };
  for (const [name, definition] of Object.entries($defs ?? {})) {
    const { id: _id, ...body } = definition;
    named[name] = refer(body) as JsonSchema;
  }
  return refer(rest) as JsonSchema;
}

/** Leaves out what says nothing to a reader: JavaScript's bounds of whole numbers, the calendar as an expression. */
function simplify(schema: JsonSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.format === 'date-time') delete schema.pattern;
}

function refer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(refer);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === '$ref' && typeof inner === 'string'
        ? [key, inner.replace('#/$defs/', '#/components/schemas/')]
        : [key, refer(inner)],
    ),
  );
}
