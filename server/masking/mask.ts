import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { jsonText } from '../serdes/plain.ts';
import { readJson } from '../serdes/read-json.ts';
import { type Decoded, type Plain, SerdeError } from '../serdes/serde.ts';
import type { Hider } from './hide.ts';
import { maskJson } from './mask-json.ts';
import { maskPlain } from './mask-plain.ts';
import type { Hiding } from './masking-rules.ts';
import type { PathState } from './path-state.ts';

/** What may be shown of a key or value, in view, search, statistics and export alike. Made when it is asked for. */
export interface Shown {
  readonly format: 'text' | 'json';
  /** Null: all of it is hidden, and `hidden` says why. */
  readonly text: string | null;
  /** Undefined where all of it is hidden. */
  readonly plain: Plain | undefined;
  /** Something is hidden. */
  readonly isMasked: boolean;
  /** The bytes themselves may be shown too: they are this text. Where they may not, nothing of them leaves, cut or whole. */
  readonly areBytesShown: boolean;
  readonly hidden: Sentence | null;
}

/** A key or value that a rule hides as a whole. It need not be decoded. */
export class WholeMasked implements Shown {
  readonly format = 'text';
  readonly isMasked = true;
  readonly areBytesShown = false;
  readonly text: string | null;

  constructor(text: string | null) {
    this.text = text;
  }

  get plain(): Plain | undefined {
    return this.text ?? undefined;
  }

  get hidden(): Sentence | null {
    return this.text === null ? say('masking.hidden') : null;
  }
}

/** Something that has fields. */
interface Structure {
  readonly value: Plain;
  /** The JSON that it is read from, or shown as; null where it is shown as something else. */
  readonly json: (() => string) | null;
  /** The bytes are that JSON and nothing else. */
  readonly areBytes: boolean;
}

/** A key or value in which rules hide fields. Where no fields can be seen all of it is hidden: it may be anything. */
export class FieldsMasked implements Shown {
  readonly #decode: () => Decoded;
  readonly #state: PathState<Hiding>;
  readonly #hider: Hider;
  /** Null: it has no fields. */
  #structure: Structure | null | undefined;
  #text: string | undefined;
  #plain: Plain | undefined;

  /** @param decode may throw SerdeError, and SchemaNeeded, which is passed on */
  constructor(decode: () => Decoded, state: PathState<Hiding>, hider: Hider) {
    this.#decode = decode;
    this.#state = state;
    this.#hider = hider;
  }

  get format(): 'text' | 'json' {
    return this.#found() === null ? 'text' : 'json';
  }

  get text(): string | null {
    const found = this.#found();
    if (found === null) return null;
    this.#text ??=
      found.json === null ? jsonText(this.plain!) : maskJson(found.json(), this.#state, this.#hider);
    return this.#text;
  }

  get plain(): Plain | undefined {
    const found = this.#found();
    if (found === null) return undefined;
    this.#plain ??= maskPlain(found.value, this.#state, this.#hider);
    return this.#plain;
  }

  get isMasked(): boolean {
    const found = this.#found();
    if (found === null || this.plain !== found.value) return true;
    // Of two fields of the same name a value has only one.
    return found.json !== null && this.text !== found.json();
  }

  get areBytesShown(): boolean {
    return this.#found()?.areBytes === true && !this.isMasked;
  }

  get hidden(): Sentence | null {
    return this.#found() === null ? say('masking.noFields') : null;
  }

  #found(): Structure | null {
    if (this.#structure === undefined) this.#structure = this.#read();
    return this.#structure;
  }

  #read(): Structure | null {
    try {
      return structureOf(this.#decode());
    } catch (error) {
      // Why it cannot be read may quote from it: nothing of that is passed on.
      if (error instanceof SerdeError) return null;
      throw error;
    }
  }
}

/** Throws SerdeError where it is not what it is said to be. */
function structureOf(decoded: Decoded): Structure | null {
  const { format, isPlainText } = decoded;
  const text = format === 'text' && typeof decoded.value === 'string' ? decoded.value : null;
  const value = text === null ? decoded.value : readJson(text);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return null;
  if (text !== null) return { value, json: () => text, areBytes: isPlainText };
  if (format === 'text') return { value, json: null, areBytes: false };
  // Other formats may have more in their bytes than is read of them, such as fields that their schema does not know.
  return { value, json: () => decoded.text, areBytes: isPlainText };
}
