import type { Message } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { Masking } from '../masking/masking-rules.ts';
import { TopicMask } from '../masking/topic-mask.ts';
import { SchemaNeeded, type Serde } from '../serdes/serde.ts';
import { type ByteSearch, isSound } from './filter/byte-search.ts';
import type { TestedHeader, TestedRecord } from './filter/tested-record.ts';
import { messageOfRecord } from './message-of-record.ts';
import { type PartReader, ReadPart } from './read-part.ts';
import type { ScannedRecord } from './scanned-record.ts';
import { tellPart } from './tell-part.ts';

export interface PartOptions {
  readonly topic: string;
  /** Messages are told with the name of their topic. */
  readonly isNamed: boolean;
  /** Bytes of a key, a value or a header that are told at most. */
  readonly maxBytes: number;
  readonly serdes: { readonly key: Serde; readonly value: Serde };
  /** Null: nothing is masked in this topic. */
  readonly masking: Masking | null;
}

interface Readers {
  readonly topic: string;
  readonly key: PartReader;
  readonly value: PartReader;
  readonly mask: TopicMask;
}

/** How the keys, values and headers of a topic's records are read, searched and told: the only way to what they hold. */
export class MessageParts {
  readonly #options: PartOptions;
  readonly #readers: Readers;

  constructor(options: PartOptions) {
    const { topic, serdes, masking } = options;
    const mask = new TopicMask(masking);
    this.#options = options;
    this.#readers = {
      topic,
      key: { part: 'key', serde: serdes.key, mask },
      value: { part: 'value', serde: serdes.value, mask },
      mask,
    };
  }

  /** The first of the searches through plain bytes that misses nothing in this topic; null: none. */
  soundSearch(searches: readonly ByteSearch[]): ByteSearch | null {
    const { mask } = this.#readers;
    const read = (part: 'key' | 'value') => (mask.masks(part) ? null : this.#options.serdes[part]);
    return searches.find((search) => isSound(search, read, mask.masks('headers'))) ?? null;
  }

  /** Whether a rule hides a field of keys or values, as `TopicMask.hidesField` has it. */
  hidesField(part: 'key' | 'value', path: readonly (string | null)[]): boolean {
    return this.#readers.mask.hidesField(part, path);
  }

  tested(partition: number, record: ScannedRecord): TestedRecord {
    return new ReadRecord(this.#readers, partition, record);
  }

  /** A promise where a schema has to be fetched first. */
  tell(partition: number, record: ScannedRecord): Unspoken<Message> | Promise<Unspoken<Message>> {
    try {
      return this.#tell(partition, record);
    } catch (error) {
      if (!(error instanceof SchemaNeeded)) throw error;
      return error.ready.then(() => this.tell(partition, record));
    }
  }

  #tell(partition: number, record: ScannedRecord): Unspoken<Message> {
    const { topic, isNamed, maxBytes } = this.#options;
    const { key, value, headers } = new ReadRecord(this.#readers, partition, record);
    const parts = { key: tellPart(key, maxBytes), value: tellPart(value, maxBytes), headers };
    return { ...messageOfRecord(partition, record, parts, maxBytes), ...(isNamed ? { topic } : {}) };
  }
}

/** A record as tests and readers see it. */
class ReadRecord implements TestedRecord {
  readonly partition: number;
  readonly #readers: Readers;
  readonly #record: ScannedRecord;
  #key: ReadPart | null = null;
  #value: ReadPart | null = null;

  constructor(readers: Readers, partition: number, record: ScannedRecord) {
    this.partition = partition;
    this.#readers = readers;
    this.#record = record;
  }

  get topic(): string {
    return this.#readers.topic;
  }

  get offset(): number {
    return this.#record.offset;
  }

  get timestamp(): number {
    return this.#record.timestamp;
  }

  get size(): number {
    const { key, value } = this.#record;
    return (key?.length ?? 0) + (value?.length ?? 0);
  }

  get isTombstone(): boolean {
    return this.#record.value === null;
  }

  get headers(): readonly TestedHeader[] {
    return this.#readers.mask.headers(this.#record.headers);
  }

  get key(): ReadPart {
    this.#key ??= new ReadPart(this.#readers.key, this.#record);
    return this.#key;
  }

  get value(): ReadPart {
    this.#value ??= new ReadPart(this.#readers.value, this.#record);
    return this.#value;
  }
}
