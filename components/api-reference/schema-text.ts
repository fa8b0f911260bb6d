/** A JSON Schema as OpenAPI writes it; only what the reference shows is looked at. */
export interface SchemaNode {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  items?: SchemaNode;
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  properties?: Record<string, SchemaNode>;
  required?: string[];
  additionalProperties?: SchemaNode | boolean;
  description?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  pattern?: string;
}

/** The type in few words: text, with the names of other schemas as parts that can be linked. */
export type TypePart = string | { schema: string };

export function typeParts(node: SchemaNode): TypePart[] {
  if (node.$ref) return [{ schema: node.$ref.split('/').at(-1)! }];
  if (node.const !== undefined) return [JSON.stringify(node.const)];
  if (node.enum) return [node.enum.map((value) => JSON.stringify(value)).join(' | ')];
  const choices = node.anyOf ?? node.oneOf;
  if (choices)
    return choices.flatMap((choice, index) => (index ? [' | ', ...typeParts(choice)] : typeParts(choice)));
  if (Array.isArray(node.type)) return [node.type.map((type) => nameOf(type, node)).join(' | ')];
  if (node.type === 'array' && node.items) return [...group(typeParts(node.items)), '[]'];
  if (node.type === 'object' && typeof node.additionalProperties === 'object') {
    return ['map of ', ...typeParts(node.additionalProperties)];
  }
  return [nameOf(node.type ?? 'any', node)];
}

/** `(a | b)[]` and not `a | b[]`. */
function group(parts: TypePart[]): TypePart[] {
  return parts.some((part) => typeof part === 'string' && part.includes(' | '))
    ? ['(', ...parts, ')']
    : parts;
}

function nameOf(type: string, { format }: SchemaNode): string {
  return type === 'string' && format === 'date-time' ? 'date-time' : type;
}

/** What else holds for a value: bounds, default, pattern. */
export function limitsOf(node: SchemaNode): string | null {
  const { minimum, maximum, maxLength, pattern } = node;
  const limits = [
    minimum !== undefined && maximum !== undefined ? `${minimum}–${maximum}` : null,
    minimum !== undefined && maximum === undefined ? `≥ ${minimum}` : null,
    minimum === undefined && maximum !== undefined ? `≤ ${maximum}` : null,
    maxLength !== undefined && pattern === undefined ? `≤ ${maxLength}` : null,
    pattern !== undefined ? `/${pattern}/` : null,
    node.default !== undefined ? `= ${JSON.stringify(node.default)}` : null,
  ];
  return limits.filter((limit) => limit !== null).join(' · ') || null;
}

export interface FieldRow {
  /** Path from the top: `partitions[].leader`. */
  path: string;
  node: SchemaNode;
  isRequired: boolean;
}

/** Every field of a schema written in place, in order; named schemas are referred to and not opened. */
export function fieldRows(node: SchemaNode, prefix = ''): FieldRow[] {
  const choices = node.oneOf ?? node.anyOf ?? [];
  if (choices.length > 0) return choices.flatMap((choice) => fieldRows(choice, prefix));
  if (node.type === 'array' && node.items) return fieldRows(node.items, `${prefix}[]`);
  return Object.entries(node.properties ?? {}).flatMap(([name, inner]) => {
    const path = prefix ? `${prefix}.${name}` : name;
    return [
      { path, node: inner, isRequired: node.required?.includes(name) ?? false },
      ...fieldRows(inner, path),
    ];
  });
}
