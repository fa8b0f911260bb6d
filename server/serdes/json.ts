import type { SerdeName } from '../../lib/contract/serdes.ts';
import { utf8 } from './decoded.ts';
import { readJson } from './read-json.ts';
import type { Decoded, Plain, Serde, SomeFields } from './serde.ts';
import { utf8Bytes } from './text.ts';

/** JSON in UTF-8. What is typed is written as it is, once it is known to be JSON. */
export const jsonSerde: Serde = {
  name: 'json',
  isSearchableInBytes: true,
  needsRecord: false,
  decode: (bytes) => new Json('json', null, bytes),
  encode: async (text) => {
    readJson(text);
    return utf8Bytes(text);
  },
};

/** JSON that stands in bytes: its text is what was written, with every number as it was. */
export class Json implements Decoded {
  readonly serde: SerdeName;
  readonly schema: Decoded['schema'];
  readonly format = 'json';
  /** False where the JSON is only a part of the record's bytes. */
  readonly isPlainText: boolean;
  readonly #bytes: Buffer;
  #value: Plain | undefined;
  #only: { readonly fields: SomeFields; readonly found: Plain | null } | null = null;

  constructor(serde: SerdeName, schema: Decoded['schema'], bytes: Buffer, isPlainText = true) {
    this.serde = serde;
    this.schema = schema;
    this.#bytes = bytes;
    this.isPlainText = isPlainText;
  }

  /** Throws where it is no JSON, so that nobody takes it for some. */
  get text(): string {
    const text = utf8(this.#bytes);
    this.#value ??= readJson(text);
    return text;
  }

  get value(): Plain {
    if (this.#value === undefined) this.#value = readJson(utf8(this.#bytes));
    return this.#value;
  }

  only(fields: SomeFields): Plain {
    if (this.#value !== undefined) return this.#value;
    if (this.#only?.fields !== fields) this.#only = { fields, found: fields.read(this.#bytes) };
    return this.#only.found ?? this.value;
  }
}
