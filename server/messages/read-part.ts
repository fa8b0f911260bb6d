import type { Sentence } from '../../lib/contract/sentence.ts';
import type { Shown } from '../masking/mask.ts';
import type { TopicMask } from '../masking/topic-mask.ts';
import { type Decoded, type Serde, SerdeError, type SomeFields } from '../serdes/serde.ts';
import type { DecodedPart } from './filter/tested-record.ts';
import type { ScannedRecord } from './scanned-record.ts';

/** How one part of a topic's records is read. */
export interface PartReader {
  readonly part: 'key' | 'value';
  readonly serde: Serde;
  readonly mask: TopicMask;
}

/** A key or value as it is shown: read by its serde and masked, both when somebody looks. */
export class ReadPart implements DecodedPart {
  readonly #reader: PartReader;
  readonly #record: ScannedRecord;
  #decoded: Decoded | null = null;
  #shown: Shown | null | undefined;
  /** Why it could not be read; null where it could, or nobody has looked. */
  problem: Sentence | null = null;

  constructor(reader: PartReader, record: ScannedRecord) {
    this.#reader = reader;
    this.#record = record;
  }

  get isNull(): boolean {
    return this.bytes === null;
  }

  get text(): string | null {
    const { bytes, shown } = this;
    if (bytes === null) return null;
    if (shown) return shown.text;
    const decoded = this.#look((read) => read);
    // Text is what the bytes say, whether it is what its serde takes it for or not: a search need not know.
    if (!decoded || decoded.isPlainText) return bytes.toString('utf8');
    return this.#look((read) => read.text) ?? bytes.toString('utf8');
  }

  get plain(): DecodedPart['plain'] {
    if (this.isNull) return null;
    return this.shown ? this.shown.plain : this.#look((decoded) => decoded.value);
  }

  only(fields: SomeFields): DecodedPart['plain'] {
    if (this.isNull || this.shown) return this.plain;
    return this.#look((decoded) => (decoded.only ? decoded.only(fields) : decoded.value));
  }

  get isMasked(): boolean {
    return this.shown?.isMasked ?? false;
  }

  /** What masking lets through; null where no rule is about this part. */
  get shown(): Shown | null {
    if (this.#shown === undefined) this.#shown = this.#masked();
    return this.#shown;
  }

  /** As it was read, nothing masked; null where it could not be. */
  get decoded(): Decoded | null {
    // JSON is only looked into when its value is: what is none has to be called so.
    const isRead = this.#look((decoded) => decoded.isPlainText && decoded.value !== undefined) !== undefined;
    return isRead ? this.#decoded : null;
  }

  get serde(): Serde {
    return this.#reader.serde;
  }

  get bytes(): Buffer | null {
    return this.#record[this.#reader.part];
  }

  #masked(): Shown | null {
    const { part, mask } = this.#reader;
    const { bytes } = this;
    return bytes !== null && mask.masks(part) ? mask.shown(part, bytes, () => this.#decode(bytes)) : null;
  }

  #look<Value>(look: (decoded: Decoded) => Value): Value | undefined {
    const { bytes } = this;
    if (bytes === null || this.problem) return undefined;
    try {
      return look(this.#decode(bytes));
    } catch (error) {
      if (!(error instanceof SerdeError)) throw error;
      this.problem = error.sentence;
      return undefined;
    }
  }

  #decode(bytes: Buffer): Decoded {
    const { key, headers } = this.#record;
    this.#decoded ??= this.#reader.serde.decode(bytes, { part: this.#reader.part, key, headers });
    return this.#decoded;
  }
}
