import type { Message, Payload } from '../../../lib/contract/messages.ts';
import type { SeenField } from '../../../lib/contract/serdes.ts';
import { type JsonNode, readJson } from '../exact-json.ts';
import { payloadText, shownPayload } from '../payload-bytes.ts';
import { writeFieldPath } from './field-path.ts';

/** Messages that are looked at; fields that are kept. */
const LOOKED_AT = 200;
const MOST_FIELDS = 500;
const MOST_EXAMPLES = 3;
const DEPTH = 6;
const LONGEST_EXAMPLE = 60;

type Type = SeenField['types'][number];
type Seen = { types: Set<Type>; seenIn: number; examples: Set<string> };

/** The fields of messages that were read, most frequent first: what is offered where the server was not asked. */
export function seenFields(messages: readonly Message[]): SeenField[] {
  const fields = new Map<string, Seen>();
  for (const message of messages.slice(0, LOOKED_AT)) {
    const seen = new Map<string, [Type, string | null]>();
    for (const root of ['key', 'value'] as const) {
      const document = documentOf(message[root]);
      if (document) collect(document, root, [], seen);
    }
    for (const { key, value } of message.headers) {
      const path = writeFieldPath({ root: 'headers', steps: [key] });
      seen.set(path, ['string', value && payloadText(value).slice(0, LONGEST_EXAMPLE)]);
    }
    for (const [path, [type, example]] of seen) add(fields, path, type, example);
  }
  return [...fields]
    .map(([path, { types, seenIn, examples }]) => ({
      path,
      types: [...types],
      seenIn,
      examples: [...examples],
    }))
    .sort((one, other) => other.seenIn - one.seenIn || one.path.localeCompare(other.path));
}

function documentOf(payload: Payload | null): JsonNode | null {
  if (!payload) return null;
  const { text, isJson, isCut } = shownPayload(payload);
  if (text === null || !isJson || isCut) return null;
  const reading = readJson(text);
  return reading.ok ? reading.node : null;
}

function collect(
  node: JsonNode,
  root: 'key' | 'value',
  steps: (string | number)[],
  seen: Map<string, [Type, string | null]>,
): void {
  if (steps.length > 0) seen.set(writeFieldPath({ root, steps }), [typeOf(node), exampleOf(node)]);
  if (steps.length === DEPTH) return;
  if (node.kind === 'object') {
    for (const { key, value } of node.entries) collect(value, root, [...steps, key], seen);
  } else if (node.kind === 'array') {
    const [first] = node.items;
    if (first && (first.kind === 'object' || steps.length === 0)) collect(first, root, [...steps, 0], seen);
  }
}

function add(fields: Map<string, Seen>, path: string, type: Type, example: string | null): void {
  let field = fields.get(path);
  if (!field) {
    if (fields.size === MOST_FIELDS) return;
    field = { types: new Set(), seenIn: 0, examples: new Set() };
    fields.set(path, field);
  }
  field.types.add(type);
  field.seenIn += 1;
  if (example !== null && field.examples.size < MOST_EXAMPLES) field.examples.add(example);
}

function typeOf(node: JsonNode): Type {
  switch (node.kind) {
    case 'object':
      return 'map';
    case 'array':
      return 'list';
    case 'literal':
      return node.text === 'null' ? 'null' : 'bool';
    default:
      return node.kind;
  }
}

function exampleOf(node: JsonNode): string | null {
  if (node.kind === 'string') return node.value.slice(0, LONGEST_EXAMPLE);
  return node.kind === 'number' || node.kind === 'literal' ? node.text : null;
}
