import { Failure } from '../../../lib/contract/failure.ts';
import type { ProblemCode } from '../../../lib/contract/problem.ts';
import type { Sentence } from '../../../lib/contract/sentence.ts';
import type { Locale } from '../../../lib/i18n/locale.ts';
import { inEvery } from '../../../lib/i18n/sentences/sentence.ts';

const KEY = '#sentence';

/** A sentence on its way from one thread to another, in every language. */
interface PackedSentence {
  readonly [KEY]: Record<Locale, string>;
}

/** A value that threads can hand over, its sentences packed. */
export type Packed<Value> = { readonly '#packed'?: Value } & object;

export interface PackedFailure {
  readonly code: ProblemCode;
  readonly detail: PackedSentence;
  readonly action: PackedSentence | null;
}

/** Puts the sentences of a value into every language, so that it can be handed to another thread. */
export function pack<Value extends object>(value: Value): Packed<Value> {
  return packed(value) as Packed<Value>;
}

export function unpack<Value extends object>(value: Packed<Value>): Value {
  return unpacked(value) as Value;
}

export function packFailure({ code, said }: Failure): PackedFailure {
  return {
    code,
    detail: packSentence(said.detail),
    action: said.action ? packSentence(said.action) : null,
  };
}

export function unpackFailure({ code, detail, action }: PackedFailure): Failure {
  return new Failure(code, inEvery(detail[KEY]), action ? { action: inEvery(action[KEY]) } : {});
}

function packed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isSentence(value)) return packSentence(value);
  if (Array.isArray(value)) return value.map(packed);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, packed(part)]));
}

function unpacked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unpacked);
  if (KEY in value) return inEvery((value as PackedSentence)[KEY]);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unpacked(part)]));
}

function isSentence(value: object): value is Sentence {
  return 'in' in value && typeof value.in === 'function';
}

function packSentence(sentence: Sentence): PackedSentence {
  return { [KEY]: { en: sentence.in('en'), ko: sentence.in('ko') } };
}
