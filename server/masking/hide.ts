import { isUtf8 } from 'node:buffer';
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Plain } from '../serdes/serde.ts';
import type { Hiding } from './masking-rules.ts';

/** What stands in the place of what is hidden: a text, or nothing at all. */
export type Hidden = string | null;

/** Puts something else in the place of values and bytes. */
export class Hider {
  readonly #key: KeyObject;

  /** @param hashKey base64 */
  constructor(hashKey: string) {
    this.#key = createSecretKey(hashKey, 'base64');
  }

  value(how: Hiding, value: Plain): Hidden {
    return this.#hidden(how, () => canonical(value));
  }

  /** A whole key, value or header: as the text that it is, else as bytes, so that the hash of a text is the same wherever it stands. */
  bytes(how: Hiding, bytes: Buffer): Hidden {
    return this.#hidden(how, () => Buffer.concat([Buffer.from(isUtf8(bytes) ? 's' : 'x'), bytes]));
  }

  #hidden(how: Hiding, content: () => string | Buffer): Hidden {
    switch (how.kind) {
      case 'remove':
        return null;
      case 'replace':
        return how.with;
      case 'hash':
        return createHmac('sha256', this.#key).update(content()).digest('hex').slice(0, HASH_CHARACTERS);
    }
  }
}
const HASH_CHARACTERS = 16;

/**
 * The same for the same value, however it was written, and different for values of different kinds. Bytes and what is no number are
 * the texts that JSON shows of them.
 */
function canonical(value: Plain): string {
  switch (typeof value) {
    case 'string':
      return `s${value}`;
    case 'number':
      if (!Number.isFinite(value)) return `s${value}`;
      return `n${Number.isInteger(value) ? BigInt(value) : value}`;
    case 'bigint':
      return `n${value}`;
    case 'boolean':
      return `b${value}`;
    default:
  }
  if (value === null) return 'z';
  if (value instanceof Uint8Array) return `s${Buffer.from(value).toString('base64')}`;
  if (isPlainList(value)) return `l${JSON.stringify(value.map(canonical))}`;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `m${JSON.stringify(fields.map(([name, one]) => [name, canonical(one)]))}`;
}

export function isPlainList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}
