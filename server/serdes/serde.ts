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

/** A few fields of JSON objects, by their names. */
export interface SomeFields {
  /** An object with those of them that are there; null where all of the document has to be read to tell. Throws SerdeError. */
  read(bytes: Buffer): { readonly [name: string]: Plain } | null;
}

/** What a serde made of the bytes of a key or value. `text` and `value` are made when they are asked for. */
export interface Decoded {
  readonly serde: SerdeName;
  readonly format: 'text' | 'json';
  readonly schema: { readonly id: number | null; readonly type: string; readonly name: string } | null;
  /** JSON with every number as it was written, or plain text. Throws SerdeError. */
  readonly text: string;
  /** True where `text` is nothing but the bytes as UTF-8. */
  readonly isPlainText: boolean;
  /** Throws SerdeError. */
  readonly value: Plain;
  /** An object with at least these fields of the value's, where that is had sooner than the value. Throws SerdeError. */
  only?(fields: SomeFields): Plain;
}

/** The same in every copy of this module: the console's program and its bundle each load one. */
const ERROR = Symbol.for('kafdeck.serde-error');
const NEEDED = Symbol.for('kafdeck.schema-needed');

/** Bytes that are not what the serde reads, a schema that cannot be had, or a text that cannot be written so. */
export class SerdeError extends Error {
  readonly [ERROR] = true;
  readonly sentence: Sentence;
  /** Where in a typed text the trouble is, e.g. `items[2].price`; null: it has no such place. */
  readonly at: string | null;

  constructor(sentence: Sentence, at: string | null = null) {
    super(sentence.toString());
    this.sentence = sentence;
    this.at = at;
  }

  /** `instanceof` also holds for an error made by another copy of this module. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && ERROR in value;
  }
}

/** Thrown by `decode`: a schema has to be fetched first. When `ready` has settled (it never rejects), decode again. */
export class SchemaNeeded extends Error {
  readonly [NEEDED] = true;
  readonly ready: Promise<void>;

  constructor(ready: Promise<void>) {
    super('A schema has to be fetched first');
    this.ready = ready;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && NEEDED in value;
  }
}

/** What else of the record some serdes need: the values of Kafka's own topics are told apart by their keys. */
export interface RecordAround {
  readonly part: 'key' | 'value';
  readonly key: Buffer | null;
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[];
}

/** Where a typed text is to be written to. */
export interface WriteTarget {
  readonly topic: string;
  readonly part: 'key' | 'value';
  /** Id of the registry's schema to write with; null: the latest one of the subject `<topic>-<part>`. */
  readonly schemaId: number | null;
  /** Of several message types in a Protobuf schema, the one meant; null: the first. */
  readonly typeName: string | null;
}

/** How keys, or values, of one topic are read and written. */
export interface Serde {
  readonly name: SerdeName;
  /** Whether what is searched for in the shown text has to occur, as UTF-8, in the bytes themselves. */
  readonly isSearchableInBytes: boolean;
  /** True where `decode` needs the record around. */
  readonly needsRecord: boolean;
  /** Throws SerdeError and SchemaNeeded. */
  decode(bytes: Buffer, around?: RecordAround): Decoded;
  /** The bytes of what a person typed. Rejects with SerdeError. */
  encode(text: string, target: WriteTarget): Promise<Buffer>;
}
