import type { EndpointShape } from '../../lib/contract/endpoint.ts';
import { type EndpointName, endpoints } from '../../lib/contract/endpoints.ts';
import { problem } from '../../lib/contract/problem.ts';
import { examples } from './examples.ts';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';
import { problemGuide } from './problem-guide.ts';

export interface OpenApiParameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

export interface OpenApiOperation {
  operationId: string;
  tags: string[];
  summary: string;
  parameters: OpenApiParameter[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema; example?: unknown }> };
  responses: Record<string, JsonSchema>;
}

export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, JsonSchema>; responses: Record<string, JsonSchema> };
}

const PROBLEM_CONTENT = 'application/problem+json';

/** The whole API as an OpenAPI 3.1 document, made from the contract's endpoint table. */
export function openApiDocument(version: string): OpenApiDocument {
  const named: Record<string, JsonSchema> = {};
  jsonSchemaOf(problem, 'output', named);
  const paths: OpenApiDocument['paths'] = {};
  for (const [name, shape] of Object.entries(endpoints) as [EndpointName, EndpointShape][]) {
    paths[shape.path] ??= {};
    paths[shape.path]![shape.method.toLowerCase()] = operationOf(name, shape, named);
  }
  const tags = [...new Set(Object.values(endpoints).map(({ tag }) => tag))].map((name) => ({ name }));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kafdeck',
      version,
      description:
        'Everything the console shows and changes. Failures are problem documents (RFC 9457, application/problem+json) whose `code` is stable; answers read from a cluster say when (`asOf`) and what they lack (`problems`).',
    },
    servers: [{ url: '/api' }],
    tags,
    paths,
    components: { schemas: named, responses: { Problem: problemResponse() } },
  };
}

function operationOf(
  name: EndpointName,
  shape: EndpointShape,
  named: Record<string, JsonSchema>,
): OpenApiOperation {
  const example = examples[name] as { query?: object; body?: unknown; answer?: unknown } | undefined;
  const operation: OpenApiOperation = {
    operationId: name,
    tags: [shape.tag],
    summary: shape.summary,
    parameters: [
      ...parametersOf(shape, 'path', named),
      ...parametersOf(shape, 'query', named, example?.query),
    ],
    responses: {
      [shape.status]: { description: 'Done', content: answerContent(shape, named, example?.answer) },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
  if (shape.body) {
    const content = { schema: jsonSchemaOf(shape.body, 'input', named), ...exampleOf(example?.body) };
    const isLines = shape.bodyForm === 'ndjson';
    const required = isLines || !shape.body.safeParse({}).success;
    const mediaType = isLines ? 'application/x-ndjson' : 'application/json';
    operation.requestBody = { required, content: { [mediaType]: content } };
  }
  return operation;
}

function parametersOf(
  shape: EndpointShape,
  place: 'path' | 'query',
  named: Record<string, JsonSchema>,
  example: object = {},
): OpenApiParameter[] {
  const schema = place === 'path' ? shape.params : shape.query;
  if (!schema) return [];
  const object = jsonSchemaOf(schema, 'input', named) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(object.properties ?? {}).map(([name, { description, ...property }]) => ({
    name,
    in: place,
    required: object.required?.includes(name) ?? false,
    ...(typeof description === 'string' ? { description } : {}),
    schema: property,
    ...exampleOf((example as Record<string, unknown>)[name]),
  }));
}

function answerContent(
  shape: EndpointShape,
  named: Record<string, JsonSchema>,
  example: unknown,
): JsonSchema {
  const schema = jsonSchemaOf(shape.answer, 'output', named);
  if (shape.form === 'json') return { 'application/json': { schema, ...exampleOf(example) } };
  if (shape.form === 'download') return downloadContent(shape, schema, example);
  const lines = Array.isArray(example)
    ? example.map((line) => `${JSON.stringify(line)}\n`).join('')
    : undefined;
  const description = 'One such value a line, until the stream ends';
  return { 'application/x-ndjson': { schema: { description, ...schema }, ...exampleOf(lines) } };
}

/** A file in one of several forms; the schema is that of the lines of JSON, where it has those. */
function downloadContent({ media = [] }: EndpointShape, schema: JsonSchema, example: unknown): JsonSchema {
  return Object.fromEntries(
    media.map((mediaType) => {
      const isLines = mediaType === 'application/x-ndjson';
      return [mediaType, isLines ? { schema, ...exampleOf(example) } : { schema: { type: 'string' } }];
    }),
  );
}

function exampleOf(example: unknown): { example?: unknown } {
  return example === undefined ? {} : { example };
}

function problemResponse(): JsonSchema {
  const statuses = problemGuide.map(({ status, code }) => `${status} ${code}`).join(', ');
  const example = {
    type: '/docs/api#problem-not-found',
    title: 'Not found',
    status: 404,
    code: 'not_found',
    detail: 'There is no topic "orders"',
    action: 'See the list of topics',
  };
  return {
    description: `What went wrong: ${statuses}; 405 for a method that a path does not have`,
    content: { [PROBLEM_CONTENT]: { schema: { $ref: '#/components/schemas/Problem' }, example } },
  };
}
