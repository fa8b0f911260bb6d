import type { Sentence } from '../../lib/contract/sentence.ts';
import type { SerdeName } from '../../lib/contract/serdes.ts';

/** A value of the kinds that JSON and CEL know; integers that a number cannot hold exactly are bigints. */
export type Plain =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Plain[]
  | { readonly [name: string]: Plain };

/** What a serde made of the bytes of a key or value. Text and value are made when they are first asked for. */
export interface Decoded {
  readonly serde: SerdeName;
  readonly format: 'text' | 'json';
  readonly schema: { readonly id: number | null; readonly type: string; readonly name: string } | null;
  /** JSON with every number as it was written, or plain text. */
  readonly text: string;
  /** True where `text` is nothing but the bytes as UTF-8. */
  readonly isPlainText: boolean;
  readonly value: Plain;
}

/** Thrown by `decode`: bytes that are not what the serde reads, or a schema that cannot be had. */
export class SerdeError extends Error {
  readonly sentence: Sentence;

  constructor(sentence: Sentence) {
    super(sentence.toString());
    this.sentence = sentence;
  }
}

/** Thrown by `decode`: a schema has to be fetched first. When `ready` has settled (it never rejects), decode again. */
export class SchemaNeeded extends Error {
  readonly ready: Promise<void>;

  constructor(ready: Promise<void>) {
    super('A schema has to be fetched first');
    this.ready = ready;
  }
}

/** How keys, or values, of one topic are read and written. */
export interface Serde {
  readonly name: SerdeName;
  /** Whether what is searched for in the shown text has to occur, as UTF-8, in the bytes themselves. */
  readonly isSearchableInBytes: boolean;
  /** Throws SerdeError and SchemaNeeded. */
  decode(bytes: Buffer): Decoded;
  /** The bytes of what a person typed. Rejects with SerdeError. */
  encode(text: string): Promise<Buffer>;
}
