import { Failure } from '../../../lib/contract/failure.ts';
import type { Message, Payload } from '../../../lib/contract/messages.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { type FieldPath, parseFieldPaths } from '../../../lib/kafka/field-path.ts';
import { ExactNumber, parseExactly, writeExactly } from './exact-json.ts';

/** What stands in one column of one message. Null: nothing does. */
export type Cell = string | number | null;

export interface CellColumn {
  readonly name: string;
  cellOf(row: MessageRow): Cell;
}

/** A message whose key and value are read as JSON once, when a column first asks for a field of them. */
export class MessageRow {
  readonly topic: string;
  readonly message: Unspoken<Message>;
  #key: unknown = NOT_READ;
  #value: unknown = NOT_READ;

  constructor(topic: string, message: Unspoken<Message>) {
    this.topic = topic;
    this.message = message;
  }

  get key(): unknown {
    if (this.#key === NOT_READ) this.#key = jsonOf(this.message.key);
    return this.#key;
  }

  get value(): unknown {
    if (this.#value === NOT_READ) this.#value = jsonOf(this.message.value);
    return this.#value;
  }
}

const NOT_READ = Symbol('not read');

type Root = (row: MessageRow, steps: FieldPath['steps']) => Cell;

/** Columns that take no field. */
const PLAIN: Readonly<Record<string, (row: MessageRow) => Cell>> = {
  topic: ({ topic }) => topic,
  partition: ({ message }) => message.partition,
  offset: ({ message }) => message.offset,
  timestamp: ({ message }) => message.timestamp,
  size: ({ message }) => message.size,
};

const FIELDS: Readonly<Record<string, Root>> = {
  key: (row, steps) => (steps.length === 0 ? textOf(row.message.key) : cellOf(fieldOf(row.key, steps))),
  value: (row, steps) => (steps.length === 0 ? textOf(row.message.value) : cellOf(fieldOf(row.value, steps))),
  headers: ({ message }, steps) =>
    steps.length === 0 ? allHeaders(message) : header(message, steps.join('.')),
};

/** Reads `columns` of a request. Throws `invalid_request` with that field. */
export function parseColumns(text: string): CellColumn[] {
  const parsed = parseFieldPaths(text);
  if ('position' in parsed) {
    throw invalid(say('export.badColumns', { rest: text.slice(parsed.position, parsed.position + 40) }));
  }
  return parsed.paths.map(columnOf);
}

function columnOf({ text, root, steps }: FieldPath): CellColumn {
  if (Object.hasOwn(PLAIN, root) && steps.length === 0) return { name: text, cellOf: PLAIN[root]! };
  if (!Object.hasOwn(FIELDS, root)) {
    const known = [...Object.keys(PLAIN), ...Object.keys(FIELDS)].join(', ');
    throw invalid(say('export.unknownColumn', { column: text, known }));
  }
  const read = FIELDS[root]!;
  return { name: text, cellOf: (row) => read(row, steps) };
}

function invalid(message: ReturnType<typeof say>): Failure {
  return new Failure('invalid_request', message, { fields: [{ field: 'columns', message }] });
}

/** A key, value or header as text: as serdes read it, else as it is, else base64. */
export function textOf(payload: Unspoken<Payload> | null): string | null {
  return payload === null ? null : (payload.decoded?.text ?? payload.data);
}

function jsonOf(payload: Unspoken<Payload> | null): unknown {
  const text = textOf(payload);
  return text === null ? undefined : parseExactly(text);
}

function fieldOf(value: unknown, steps: FieldPath['steps']): unknown {
  let at = value;
  for (const step of steps) {
    const isThere = typeof at === 'object' && at !== null && Object.hasOwn(at, step);
    if (!isThere || (Array.isArray(at) && typeof step === 'string')) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return value instanceof ExactNumber ? value.text : writeExactly(value);
}

function header({ headers }: Unspoken<Message>, name: string): Cell {
  return textOf(headers.findLast(({ key }) => key === name)?.value ?? null);
}

/** A JSON object; a name that comes more than once has a list. */
function allHeaders({ headers }: Unspoken<Message>): Cell {
  if (headers.length === 0) return null;
  const named = Map.groupBy(headers, ({ key }) => key);
  const fields = [...named].map(([key, values]) => {
    const texts = values.map(({ value }) => textOf(value));
    return `${JSON.stringify(key)}:${JSON.stringify(texts.length === 1 ? texts[0] : texts)}`;
  });
  return `{${fields.join(',')}}`;
}
