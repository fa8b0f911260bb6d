import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { zigZag } from '../avro/write-avro.ts';
import { SerdeError } from '../serde.ts';
import type { DeclaredType } from './proto-files.ts';

/** A type within a type within a type …: no file nests them deeper. */
const DEEPEST_TYPE = 100;
const FIRST = Buffer.from([0]);

/**
 * Which message type of its file a message is: the place of a type among those of the file, then of one declared within
 * it, and so on, as zig-zag numbers with their count in front. A single 0 means the first one (Confluent's wire format).
 */
export function readIndexes(bytes: Buffer): { indexes: number[]; rest: Buffer } {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let weight = 1; weight <= 128 ** 4; weight *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
    throw new SerdeError(say('proto.badIndexes'));
  };
  const count = number();
  if (count < 0 || count > DEEPEST_TYPE) throw new SerdeError(say('proto.badIndexes'));
  const indexes = count === 0 ? [0] : Array.from({ length: count }, number);
  return { indexes, rest: bytes.subarray(at) };
}

export function writeIndexes(indexes: readonly number[]): Buffer {
  if (indexes.length === 1 && indexes[0] === 0) return FIRST;
  return Buffer.concat([indexes.length, ...indexes].map((number) => zigZag(BigInt(number))));
}

/** The full name of the type at a place. @throws SerdeError where there is none */
export function typeAt(declared: readonly DeclaredType[], indexes: readonly number[]): string {
  let among = declared;
  let found: DeclaredType | undefined;
  for (const index of indexes) {
    found = among[index];
    if (!found) throw new SerdeError(say('proto.noSuchIndex', { indexes: indexes.join(', ') }));
    among = found.nested;
  }
  return found!.fullName;
}

/** The place of a type by its full name, or by the end of it; null: the file declares none such. */
export function indexOf(declared: readonly DeclaredType[], name: string): number[] | null {
  for (const [index, type] of declared.entries()) {
    if (type.fullName === name || type.fullName.endsWith(`.${name}`)) return [index];
    const within = indexOf(type.nested, name);
    if (within) return [index, ...within];
  }
  return null;
}
