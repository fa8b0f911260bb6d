/** What `JSON.parse` tells of a value that it was given as text (TC39: JSON.parse source text access). */
interface Source {
  readonly source?: string;
}
type ParseWithSource = (
  text: string,
  reviver: (key: string, value: unknown, context: Source) => unknown,
) => unknown;

/** A number that JavaScript would change, as it was written. */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const parseWithSource = JSON.parse as ParseWithSource;
/** Numbers with fewer digits are exact. */
const LONG_NUMBER = /\d{16}|\d[eE][+-]?\d{2}|\.\d{15}/;

/** The value of JSON in which no number is changed; undefined for what is no JSON. */
export function parseExactly(text: string): unknown {
  try {
    if (!LONG_NUMBER.test(text)) return JSON.parse(text);
    return parseWithSource(text, (_, value, { source }) =>
      typeof value === 'number' && source !== undefined && String(value) !== source
        ? new ExactNumber(source)
        : value,
    );
  } catch {
    return undefined;
  }
}

/** JSON of such a value. */
export function writeExactly(value: unknown): string {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeExactly).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(
      ([name, field]) => `${JSON.stringify(name)}:${writeExactly(field)}`,
    );
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value);
}
