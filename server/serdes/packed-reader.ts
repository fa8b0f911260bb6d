import { isUtf8 } from 'node:buffer';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { DEEPEST, fieldName, type Read, type ReadObject, setField } from './plain.ts';
import { SerdeError } from './serde.ts';

/**
 * Reads values that say how long they are. No more is made than the bytes can hold, whatever they claim. What a value's first
 * byte means is the format's; every failure is a SerdeError.
 */
export abstract class PackedReader {
  protected readonly bytes: Buffer;
  protected at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** The one value that all the bytes are. */
  readWhole(): Read {
    const read = this.read(0);
    if (this.left > 0) throw new SerdeError(say('serde.leftOver', { count: this.left }));
    return read;
  }

  /** The next value. */
  protected abstract readNext(depth: number): Read;

  protected read(depth: number): Read {
    if (depth > DEEPEST) throw new SerdeError(say('serde.tooDeep', { most: DEEPEST }));
    return this.readNext(depth);
  }

  protected get left(): number {
    return this.bytes.length - this.at;
  }

  protected list(count: number, depth: number): Read {
    if (count > this.left) throw new SerdeError(say('serde.ends'));
    const list: Read[] = [];
    for (let index = 0; index < count; index++) list.push(this.read(depth + 1));
    return list;
  }

  protected map(count: number, depth: number): Read {
    if (2 * count > this.left) throw new SerdeError(say('serde.ends'));
    const map: ReadObject = {};
    for (let index = 0; index < count; index++) this.entry(map, depth);
    return map;
  }

  protected entry(map: ReadObject, depth: number): void {
    const key = this.read(depth + 1);
    setField(map, fieldName(key), this.read(depth + 1));
  }

  protected string(length: number): string {
    const from = this.at;
    const bytes = this.take(length);
    const text = bytes.toString('utf8');
    if (text.includes('\ufffd') && !isUtf8(bytes))
      throw new SerdeError(say('serde.notUtf8At', { position: from }));
    return text;
  }

  protected take(length: number): Buffer {
    const end = this.at + length;
    if (end > this.bytes.length) throw new SerdeError(say('serde.ends'));
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  protected wrongAt(position: number): SerdeError {
    return new SerdeError(say('serde.wrongAt', { position }));
  }
}
