import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { utf8 } from './decoded.ts';
import { type Decoded, type Plain, type Serde, SerdeError } from './serde.ts';
import { utf8Bytes } from './text.ts';

/** XML in UTF-8. As a value it is maps of elements, attributes with `@` in front; all texts are strings, as they are written. */
export const xmlSerde: Serde = {
  name: 'xml',
  isSearchableInBytes: true,
  needsRecord: false,
  decode: (bytes) => new Xml(bytes),
  encode: async (text) => {
    checkXml(text);
    return utf8Bytes(text);
  },
};

const DEEPEST_TAGS = 500;
/** What the parser says may repeat much of the text. */
const MOST_REASON = 120;
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  maxNestedTags: DEEPEST_TAGS,
  htmlEntities: true,
});

class Xml implements Decoded {
  readonly serde = 'xml';
  readonly format = 'text';
  readonly schema = null;
  readonly isPlainText = true;
  readonly #bytes: Buffer;
  #value: Plain | undefined;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get text(): string {
    const text = utf8(this.#bytes);
    checkXml(text);
    return text;
  }

  get value(): Plain {
    if (this.#value === undefined) {
      const text = this.text;
      try {
        this.#value = parser.parse(text) as Plain;
      } catch (error) {
        throw new SerdeError(
          say('serde.xmlRefused', { reason: (error as Error).message.slice(0, MOST_REASON) }),
        );
      }
    }
    return this.#value;
  }
}

function checkXml(text: string): void {
  const found = XMLValidator.validate(text);
  if (found === true) return;
  const { msg, line, col } = found.err;
  throw new SerdeError(say('serde.notXml', { line, column: col, reason: msg.slice(0, MOST_REASON) }));
}
