import type { OpenApiDocument, OpenApiOperation } from './document.ts';
import type { JsonSchema } from './json-schema.ts';

interface Content {
  mediaType: string;
  schema: JsonSchema;
  example?: unknown;
}

/** The document's operations in the order of the contract, laid flat for a page. */
export function operationViews({ paths }: OpenApiDocument) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => viewOf(path, method, operation)),
  );
}

function viewOf(path: string, method: string, operation: OpenApiOperation) {
  const [status = '', answer = {}] = Object.entries(operation.responses)[0] ?? [];
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    tag: operation.tags[0] ?? '',
    parameters: operation.parameters,
    body: operation.requestBody ? contentOf(operation.requestBody.content) : null,
    status,
    answer: contentOf(answer.content as OpenApiContent),
  };
}

type OpenApiContent = Record<string, { schema: JsonSchema; example?: unknown }>;

function contentOf(content: OpenApiContent): Content {
  const [mediaType, { schema, example }] = Object.entries(content)[0]!;
  return { mediaType, schema, example };
}
