import { isUtf8 } from 'node:buffer';
import type { SerdeName } from '../../lib/contract/serdes.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { jsonText, type Read } from './plain.ts';
import { type Decoded, type Plain, SerdeError } from './serde.ts';

/** The text of bytes. @throws SerdeError where they are not UTF-8 */
export function utf8(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new SerdeError(say('serde.notUtf8'));
  return bytes.toString('utf8');
}

/** What is known without reading: a number, an identifier. */
export class Known implements Decoded {
  readonly serde: SerdeName;
  readonly format: 'text' | 'json';
  readonly text: string;
  readonly value: Plain;
  readonly schema = null;
  readonly isPlainText = false;

  constructor(serde: SerdeName, format: 'text' | 'json', text: string, value: Plain) {
    this.serde = serde;
    this.format = format;
    this.text = text;
    this.value = value;
  }
}

/**
 * Structured bytes, read when somebody looks. They are read for their text and for their value separately, as most who
 * ask want one of the two: only what is read for the text has numbers as they are written (`Written`).
 */
export class Structured implements Decoded {
  readonly serde: SerdeName;
  readonly schema: Decoded['schema'];
  readonly format = 'json';
  readonly isPlainText = false;
  readonly #read: (isForText: boolean) => Read;
  #text: string | undefined;
  #value: Plain | undefined;

  constructor(serde: SerdeName, schema: Decoded['schema'], read: (isForText: boolean) => Read) {
    this.serde = serde;
    this.schema = schema;
    this.#read = read;
  }

  get text(): string {
    this.#text ??= jsonText(this.#read(true));
    return this.#text;
  }

  get value(): Plain {
    if (this.#value === undefined) this.#value = this.#read(false) as Plain;
    return this.#value;
  }
}
