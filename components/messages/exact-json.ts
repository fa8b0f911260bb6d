/**
 * JSON read for showing, not for computing: numbers stay the very characters that were sent. `JSON.parse` would turn
 * 9007199254740993 into …992 and 1.10 into 1.1, and would silently keep only the last of two equal keys.
 */
export type JsonNode =
  | { kind: 'object'; entries: JsonEntry[] }
  | { kind: 'array'; items: JsonNode[] }
  | { kind: 'string'; value: string }
  | { kind: 'number'; text: string }
  | { kind: 'literal'; text: 'true' | 'false' | 'null' };

export interface JsonEntry {
  key: string;
  value: JsonNode;
}

/** Where a text stops being JSON. */
export interface JsonMistake {
  /** Zero-based place in the text. */
  position: number;
  reason: 'unexpected-end' | 'unexpected-character' | 'too-deep';
}

export type JsonReading = { ok: true; node: JsonNode } | { ok: false; mistake: JsonMistake };

/** Deeper documents are shown as text: no person reads them as a tree, and the stack must hold. */
const MAX_DEPTH = 500;

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;

class Mistake extends Error {
  readonly mistake: JsonMistake;
  constructor(mistake: JsonMistake) {
    super(mistake.reason);
    this.mistake = mistake;
  }
}

class Reader {
  private readonly text: string;
  private position = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): JsonNode {
    const node = this.value(0);
    this.skipSpace();
    if (this.position < this.text.length) throw this.unexpected();
    return node;
  }

  private value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) throw new Mistake({ position: this.position, reason: 'too-deep' });
    this.skipSpace();
    switch (this.text[this.position]) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
        return { kind: 'string', value: this.string() };
      default: {
        const literal = this.match(LITERAL);
        if (literal) return { kind: 'literal', text: literal as 'true' | 'false' | 'null' };
        const number = this.match(NUMBER);
        if (number) return { kind: 'number', text: number };
        throw this.unexpected();
      }
    }
  }

  private object(depth: number): JsonNode {
    const entries: JsonEntry[] = [];
    this.position += 1;
    this.skipSpace();
    if (this.take('}')) return { kind: 'object', entries };
    for (;;) {
      this.skipSpace();
      const key = this.string();
      this.skipSpace();
      if (!this.take(':')) throw this.unexpected();
      entries.push({ key, value: this.value(depth + 1) });
      this.skipSpace();
      if (this.take('}')) return { kind: 'object', entries };
      if (!this.take(',')) throw this.unexpected();
    }
  }

  private array(depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.position += 1;
    this.skipSpace();
    if (this.take(']')) return { kind: 'array', items };
    for (;;) {
      items.push(this.value(depth + 1));
      this.skipSpace();
      if (this.take(']')) return { kind: 'array', items };
      if (!this.take(',')) throw this.unexpected();
    }
  }

  /** Finds the closing quote by hand: on strings of many megabytes a regular expression runs out of stack. */
  private string(): string {
    const start = this.position;
    if (this.text[start] !== '"') throw this.unexpected();
    let end = start + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    if (end >= this.text.length) throw new Mistake({ position: this.text.length, reason: 'unexpected-end' });
    try {
      const value = JSON.parse(this.text.slice(start, end + 1)) as string;
      this.position = end + 1;
      return value;
    } catch {
      throw this.unexpected();
    }
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text);
    if (!found) return null;
    this.position = pattern.lastIndex;
    return found[0];
  }

  private take(character: string): boolean {
    if (this.text[this.position] !== character) return false;
    this.position += 1;
    return true;
  }

  private skipSpace(): void {
    this.match(SPACE);
  }

  private unexpected(): Mistake {
    const atEnd = this.position >= this.text.length;
    return new Mistake({
      position: this.position,
      reason: atEnd ? 'unexpected-end' : 'unexpected-character',
    });
  }
}

/** Reads a JSON document (RFC 8259) and keeps numbers, order and doubled keys as they were written. */
export function readJson(text: string): JsonReading {
  try {
    return { ok: true, node: new Reader(text).document() };
  } catch (error) {
    if (error instanceof Mistake) return { ok: false, mistake: error.mistake };
    throw error;
  }
}

/** A quick look that spares the parsing of texts which can't be an object or array. */
export function looksLikeJson(text: string): boolean {
  return /^\s*[{[]/.test(text) && /[}\]]\s*$/.test(text);
}

/** The document with two spaces a level, numbers unchanged. */
export function printJson(node: JsonNode, indent = ''): string {
  const inner = `${indent}  `;
  switch (node.kind) {
    case 'object': {
      if (node.entries.length === 0) return '{}';
      const lines = node.entries.map(
        ({ key, value }) => `${inner}${JSON.stringify(key)}: ${printJson(value, inner)}`,
      );
      return `{\n${lines.join(',\n')}\n${indent}}`;
    }
    case 'array': {
      if (node.items.length === 0) return '[]';
      return `[\n${node.items.map((item) => inner + printJson(item, inner)).join(',\n')}\n${indent}]`;
    }
    case 'string':
      return JSON.stringify(node.value);
    default:
      return node.text;
  }
}

/** Line and column (from 1) of a place in a text, for saying where a mistake is. */
export function lineAndColumn(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: position - lastBreak };
}
