/** What stands at a place in a JSON document. */
export interface JsonField {
  /** As it was written; of a string, what it says. */
  text: string;
  kind: 'object' | 'array' | 'string' | 'number' | 'literal';
}

/** `absent`: the document has no such place. `cut`: it ends before the place, as long documents in lists do. */
export type JsonFinding = JsonField | 'absent' | 'cut';

/** A document ended, or went wrong, where more of it was awaited. */
const CUT = Symbol('cut');

/**
 * Finds one place in a JSON document without reading the rest of it, so that a column over thousands of long messages
 * costs little, and also in a document that was cut after it. Numbers stay as they were written. Of doubled names the
 * first counts: what comes after need not be read.
 */
export function findInJson(text: string, steps: readonly (string | number)[]): JsonFinding {
  try {
    return new Finder(text).find(steps);
  } catch (error) {
    if (error === CUT) return 'cut';
    throw error;
  }
}

class Finder {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  find(steps: readonly (string | number)[]): JsonFinding {
    for (const step of steps) {
      this.skipSpace();
      const isThere = typeof step === 'string' ? this.enterObject(step) : this.enterArray(step);
      if (!isThere) return 'absent';
    }
    return this.field();
  }

  /** Goes to the value of that name. */
  private enterObject(name: string): boolean {
    if (this.text[this.at] !== '{') return false;
    this.at += 1;
    this.skipSpace();
    if (this.text[this.at] === '}') return false;
    for (;;) {
      this.skipSpace();
      const start = this.at;
      this.skipString();
      const isIt = this.isString(start, this.at, name);
      this.skipSpace();
      this.expect(':');
      if (isIt) return true;
      this.skipValue();
      if (!this.nextOf('}')) return false;
    }
  }

  /** Goes to the item of that number. */
  private enterArray(index: number): boolean {
    if (this.text[this.at] !== '[') return false;
    this.at += 1;
    this.skipSpace();
    if (this.text[this.at] === ']') return false;
    for (let item = 0; item < index; item += 1) {
      this.skipValue();
      if (!this.nextOf(']')) return false;
    }
    return true;
  }

  private field(): JsonField {
    this.skipSpace();
    const start = this.at;
    const kind = kindOf(this.text[start]);
    this.skipValue();
    const written = this.text.slice(start, this.at);
    return { kind, text: kind === 'string' ? saidBy(written) : written };
  }

  /** After a value: true where another one follows, false where the object or list ends. */
  private nextOf(close: string): boolean {
    this.skipSpace();
    if (this.text[this.at] === close) return false;
    this.expect(',');
    return true;
  }

  private skipValue(): void {
    this.skipSpace();
    const first = this.text[this.at];
    if (first === '"') this.skipString();
    else if (first === '{' || first === '[') this.skipBrackets();
    else this.skipWord();
  }

  private skipBrackets(): void {
    // Brackets in strings do not count; the rest of the grammar is not looked at.
    let depth = 0;
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) throw CUT;
      if (character === '"') {
        this.skipString();
        continue;
      }
      this.at += 1;
      if (character === '{' || character === '[') depth += 1;
      else if (character === '}' || character === ']') depth -= 1;
      if (depth === 0) return;
    }
  }

  private skipString(): void {
    if (this.text[this.at] !== '"') throw CUT;
    let end = this.at + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    if (end >= this.text.length) throw CUT;
    this.at = end + 1;
  }

  /** A number or a literal. One that runs up to the end may go on after the cut. */
  private skipWord(): void {
    const start = this.at;
    while (this.at < this.text.length && !/[\s,\]}]/.test(this.text[this.at] as string)) this.at += 1;
    if (this.at === start || (start > 0 && this.at === this.text.length)) throw CUT;
  }

  private isString(start: number, end: number, name: string): boolean {
    const written = this.text.slice(start + 1, end - 1);
    return written === name || (written.includes('\\') && saidBy(this.text.slice(start, end)) === name);
  }

  private expect(character: string): void {
    if (this.text[this.at] !== character) throw CUT;
    this.at += 1;
  }

  private skipSpace(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }
}

function kindOf(first: string | undefined): JsonField['kind'] {
  if (first === '{') return 'object';
  if (first === '[') return 'array';
  if (first === '"') return 'string';
  return first === 't' || first === 'f' || first === 'n' ? 'literal' : 'number';
}

function saidBy(written: string): string {
  try {
    return JSON.parse(written) as string;
  } catch {
    return written;
  }
}
