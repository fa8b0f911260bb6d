import { say } from '../../lib/i18n/sentences/sentence.ts';
import { utf8 } from './decoded.ts';
import { type Decoded, type Plain, type Serde, SerdeError } from './serde.ts';

/** UTF-8, as Kafka's StringSerializer writes it. */
export const textSerde: Serde = {
  name: 'text',
  isSearchableInBytes: true,
  needsRecord: false,
  decode: (bytes) => new Text(bytes),
  encode: async (text) => utf8Bytes(text),
};

/** @throws SerdeError for half a character, which UTF-8 cannot write */
export function utf8Bytes(text: string): Buffer {
  if (!text.isWellFormed()) throw new SerdeError(say('produce.halfCharacter'));
  return Buffer.from(text, 'utf8');
}

class Text implements Decoded {
  readonly serde = 'text';
  readonly format = 'text';
  readonly schema = null;
  readonly isPlainText = true;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get text(): string {
    return utf8(this.#bytes);
  }

  get value(): Plain {
    return this.text;
  }
}
