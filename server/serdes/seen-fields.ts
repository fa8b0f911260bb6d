import type { SeenField } from '../../lib/contract/serdes.ts';
import type { Plain } from './serde.ts';

const MOST_FIELDS = 300;
const MOST_HEADERS = 50;
const DEEPEST_FIELD = 8;
/** Of a list's items, and of a map's fields: more of them are of the same kind, or keys. */
const MOST_PARTS = 100;
const MOST_EXAMPLES = 3;
const LONGEST_EXAMPLE = 60;
const LONGEST_PATH = 300;

type FieldType = SeenField['types'][number];

interface Seen {
  types: Set<FieldType>;
  seenIn: number;
  lastMessage: number;
  examples: Set<string>;
}

/** Gathers which fields messages have, of what types, with a few values. Bounded, whatever the messages hold. */
export class SeenFields {
  readonly #fields = new Map<string, Seen>();
  #messages = 0;

  /** One message as it is shown: undefined for what it lacks, could not be read or is hidden. */
  add({
    key,
    value,
    headers,
  }: {
    key: Plain | undefined;
    value: Plain | undefined;
    headers: readonly { key: string; value: Plain }[];
  }): void {
    this.#messages += 1;
    if (key !== undefined) this.#walk('key', key, 0);
    if (value !== undefined) this.#walk('value', value, 0);
    for (const header of headers.slice(0, MOST_HEADERS))
      this.#note(`headers${step(header.key)}`, header.value);
  }

  /** In the order in which they were seen first. */
  list(): SeenField[] {
    return [...this.#fields].map(([path, { types, seenIn, examples }]) => ({
      path,
      types: [...types],
      seenIn,
      examples: [...examples],
    }));
  }

  #walk(path: string, value: Plain, depth: number): void {
    this.#note(path, value);
    if (depth >= DEEPEST_FIELD || typeof value !== 'object' || value === null) return;
    if (value instanceof Uint8Array) return;
    if (Array.isArray(value)) {
      for (const item of (value as Plain[]).slice(0, MOST_PARTS)) this.#walk(`${path}[0]`, item, depth + 1);
      return;
    }
    let left = MOST_PARTS;
    for (const [name, part] of Object.entries(value)) {
      this.#walk(`${path}${step(name)}`, part as Plain, depth + 1);
      left -= 1;
      if (left === 0) return;
    }
  }

  #note(path: string, value: Plain): void {
    let seen = this.#fields.get(path);
    if (!seen) {
      if (this.#fields.size >= MOST_FIELDS || path.length > LONGEST_PATH) return;
      seen = { types: new Set(), seenIn: 0, lastMessage: 0, examples: new Set() };
      this.#fields.set(path, seen);
    }
    seen.types.add(typeOf(value));
    if (seen.lastMessage !== this.#messages) {
      seen.lastMessage = this.#messages;
      seen.seenIn += 1;
    }
    if (seen.examples.size < MOST_EXAMPLES) {
      const example = exampleOf(value);
      if (example !== null) seen.examples.add(example);
    }
  }
}

/** `.name`, or `["any name"]` where it is no identifier of CEL. */
function step(name: string): string {
  return /^(?!(?:in|true|false|null)$)[A-Za-z_][A-Za-z0-9_]*$/.test(name)
    ? `.${name}`
    : `[${JSON.stringify(name)}]`;
}

function typeOf(value: Plain): FieldType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Uint8Array) return 'bytes';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    case 'object':
      return 'map';
    default:
      return 'number';
  }
}

function exampleOf(value: Plain): string | null {
  if (value === null || typeof value === 'object') return null;
  const text = String(value);
  return text.length > LONGEST_EXAMPLE
    ? `${text.slice(0, LONGEST_EXAMPLE)}…`.toWellFormed()
    : text.toWellFormed();
}
