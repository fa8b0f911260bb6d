import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { type Read, Written } from './plain.ts';
import { SerdeError } from './serde.ts';

/** Where in typed JSON a value stands. */
export interface Place {
  readonly inside: Place | null;
  readonly step: string | number;
}

/** `items[2].price`; empty for the whole. */
export function placeText(place: Place | null): string {
  if (place === null) return '';
  const before = placeText(place.inside);
  if (typeof place.step === 'number') return `${before}[${place.step}]`;
  const name = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(place.step)
    ? place.step
    : `[${JSON.stringify(place.step)}]`;
  return before === '' || name.startsWith('[') ? `${before}${name}` : `${before}.${name}`;
}

/** What is wrong with a typed value, with its place. */
export function wrongAt(place: Place | null, reason: Sentence): SerdeError {
  const at = placeText(place);
  return at === '' ? new SerdeError(reason) : new SerdeError(say('serde.atField', { field: at, reason }), at);
}

/** What is there instead of what is needed, in words. */
export function kindOf(given: Read | undefined): Sentence {
  if (given === undefined) return say('given.nothing');
  if (given === null) return say('given.null');
  if (given instanceof Written) return say('given.number');
  if (Array.isArray(given)) return say('given.list');
  switch (typeof given) {
    case 'boolean':
      return say('given.boolean');
    case 'string':
      return say('given.string');
    case 'number':
    case 'bigint':
      return say('given.number');
    default:
      return say('given.map');
  }
}

/** The fields of a JSON object; null for anything else. */
export function mapOf(given: Read | undefined): { readonly [name: string]: Read } | null {
  const isMap =
    typeof given === 'object' &&
    given !== null &&
    !Array.isArray(given) &&
    !(given instanceof Written) &&
    !(given instanceof Uint8Array);
  return isMap ? (given as { readonly [name: string]: Read }) : null;
}

/** A whole number as JSON gives it, also in quotes as those write it whose numbers have 53 bits; null for anything else. */
export function integerOf(given: Read | undefined): bigint | null {
  if (typeof given === 'bigint') return given;
  if (typeof given === 'number') return Number.isInteger(given) ? BigInt(given) : null;
  if (given instanceof Written) return Number.isInteger(given.value) ? BigInt(given.value) : null;
  return typeof given === 'string' && /^[+-]?\d{1,40}$/.test(given) ? BigInt(given.replace(/^\+/, '')) : null;
}

const NOT_FINITE = ['NaN', 'Infinity', '-Infinity'];

/** A number as JSON gives it, or the names of what is none; null for anything else. */
export function numberOf(given: Read | undefined): number | null {
  if (typeof given === 'number') return given;
  if (typeof given === 'bigint') return Number(given);
  if (given instanceof Written) return Number(given.value);
  if (typeof given !== 'string') return null;
  if (NOT_FINITE.includes(given)) return Number(given);
  return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(given) ? Number(given) : null;
}

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** Bytes as they are shown, in base64; null for anything else. */
export function bytesOf(given: Read | undefined): Buffer | null {
  if (typeof given !== 'string' || !BASE64.test(given) || given.replaceAll('=', '').length % 4 === 1)
    return null;
  return Buffer.from(given, 'base64');
}
