import type { Message } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { DecodedPart, Part, TestedRecord } from './filter/tested-record.ts';
import { messageOfRecord } from './message-of-record.ts';
import type { ScannedRecord } from './scanned-record.ts';

export interface PartOptions {
  readonly topic: string;
  /** Messages are told with the name of their topic. */
  readonly isNamed: boolean;
  readonly maxBytes: number;
}

/** How the keys, values and headers of a topic's records are read, searched and told. */
export class MessageParts {
  readonly #options: PartOptions;

  constructor(options: PartOptions) {
    this.#options = options;
  }

  /** Whether what is shown of a part is nothing but its bytes as UTF-8, so that it can be searched as bytes. */
  areBytesShown(_part: Part): boolean {
    return true;
  }

  tested(partition: number, record: ScannedRecord): TestedRecord {
    return new Tested(this.#options.topic, partition, record);
  }

  tell(partition: number, record: ScannedRecord): Unspoken<Message> {
    const { topic, isNamed, maxBytes } = this.#options;
    const message = messageOfRecord(partition, record, maxBytes);
    return isNamed ? { ...message, topic } : message;
  }
}

class Tested implements TestedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly #record: ScannedRecord;
  #key: DecodedPart | null = null;
  #value: DecodedPart | null = null;

  constructor(topic: string, partition: number, record: ScannedRecord) {
    this.topic = topic;
    this.partition = partition;
    this.#record = record;
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

  get headers(): ScannedRecord['headers'] {
    return this.#record.headers;
  }

  get key(): DecodedPart {
    this.#key ??= partOf(this.#record.key);
    return this.#key;
  }

  get value(): DecodedPart {
    this.#value ??= partOf(this.#record.value);
    return this.#value;
  }
}

function partOf(bytes: Buffer | null): DecodedPart {
  return { isNull: bytes === null, text: bytes === null ? null : bytes.toString('utf8'), plain: undefined };
}
