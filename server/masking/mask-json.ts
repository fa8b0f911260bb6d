import { readJson } from '../serdes/read-json.ts';
import type { Hider } from './hide.ts';
import type { Hiding } from './masking-rules.ts';
import type { Entered, PathState } from './path-state.ts';

/**
 * JSON without what the paths lead to; everything else stays as it is written, numbers and spaces too.
 *
 * @param text JSON that has been read before, and is nested no deeper than `DEEPEST`
 */
export function maskJson(text: string, state: PathState<Hiding>, hider: Hider): string {
  return new JsonMask(text, hider).masked(state);
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP] = [0x5b, 0x5d, 0x7b, 0x7d];
const SPACE = /[\t\n\r ]*/y;
const SCALAR = /[^\t\n\r ,\]}]+/y;

class JsonMask {
  readonly #text: string;
  readonly #hider: Hider;
  #at = 0;

  constructor(text: string, hider: Hider) {
    this.#text = text;
    this.#hider = hider;
  }

  masked(state: PathState<Hiding>): string {
    this.#skip(SPACE);
    const start = this.#at;
    const masked = this.#value(state);
    return masked === null ? this.#text : this.#text.slice(0, start) + masked + this.#text.slice(this.#at);
  }

  /** What stands for the value, null where that is the same. Goes to its end. */
  #value(state: PathState<Hiding>): string | null {
    const code = this.#text.charCodeAt(this.#at);
    if (code === OPEN_MAP) return this.#collection('{', CLOSE_MAP, '}', () => state.field(this.#name()));
    if (code === OPEN_LIST) return this.#collection('[', CLOSE_LIST, ']', (index) => state.element(index));
    this.#pass();
    return null;
  }

  /** An object or list, in whose parts `enter` goes up to the value. */
  #collection(
    open: string,
    closing: number,
    close: string,
    enter: (index: number) => Entered<Hiding>,
  ): string | null {
    const kept: string[] = [];
    let isChanged = false;
    this.#at += 1;
    for (let index = 0; ; index++) {
      const start = this.#at;
      this.#skip(SPACE);
      if (this.#text.charCodeAt(this.#at) === closing) {
        if (index === 0) kept.push(this.#text.slice(start, this.#at));
        break;
      }
      const entered = enter(index);
      const from = this.#at;
      const part = this.#part(entered);
      const to = this.#at;
      this.#skip(SPACE);
      const end = this.#at;
      if (part === SAME) kept.push(this.#text.slice(start, end));
      else isChanged = true;
      if (typeof part === 'string')
        kept.push(this.#text.slice(start, from) + part + this.#text.slice(to, end));
      if (this.#text.charCodeAt(this.#at) !== COMMA) break;
      this.#at += 1;
    }
    this.#at += 1;
    return isChanged ? `${open}${kept.join(',')}${close}` : null;
  }

  #part({ rule, inner }: Entered<Hiding>): string | typeof SAME | typeof LEFT_OUT {
    if (rule === null && inner !== null) return this.#value(inner) ?? SAME;
    const from = this.#at;
    this.#pass();
    if (rule === null) return SAME;
    const hidden = this.#hider.value(
      rule,
      rule.kind === 'hash' ? readJson(this.#text.slice(from, this.#at)) : null,
    );
    return hidden === null ? LEFT_OUT : JSON.stringify(hidden);
  }

  /** The name of a field, up to its value. */
  #name(): string {
    const from = this.#at;
    this.#string();
    const raw = this.#text.slice(from + 1, this.#at - 1);
    this.#skip(SPACE);
    this.#at += 1;
    this.#skip(SPACE);
    return raw.includes('\\') ? JSON.parse(`"${raw}"`) : raw;
  }

  /** To the end of a value, whatever it is. */
  #pass(): void {
    let depth = 0;
    do {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) this.#string();
      else if (code === OPEN_MAP || code === OPEN_LIST) {
        depth += 1;
        this.#at += 1;
      } else if (code === CLOSE_MAP || code === CLOSE_LIST) {
        depth -= 1;
        this.#at += 1;
      } else if (depth === 0) this.#skip(SCALAR);
      else this.#at += 1;
    } while (depth > 0);
  }

  #string(): void {
    this.#at += 1;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      this.#at += code === BACKSLASH ? 2 : 1;
      if (code === QUOTE) return;
    }
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    pattern.test(this.#text);
    this.#at = pattern.lastIndex;
  }
}

const SAME = Symbol('same');
const LEFT_OUT = Symbol('left out');
