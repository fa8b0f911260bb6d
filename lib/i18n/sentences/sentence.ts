import type { Sentence } from '../../contract/sentence.ts';
import type { Locale } from '../locale.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

/** What the server says to a person, by key. English is the one the others are held to. */
export type SentenceKey = keyof typeof en;

/** Names of the parameters in a text: `{topic}`, `{count, number}`, `{count, plural, one {# row} other {# rows}}`. */
export type ParameterNames<Text extends string> = Text extends `${string}{${infer Opened}`
  ? Opened extends `${infer Argument}}${infer Rest}`
    ? Argument extends `${infer Name}, plural, ${string}`
      ? Rest extends ` other {${string}}}${infer After}`
        ? Name | ParameterNames<After>
        : never
      : Argument extends `${infer Name}, number`
        ? Name | ParameterNames<Rest>
        : Argument | ParameterNames<Rest>
    : never
  : never;

/** A sentence within a sentence is put into the same language. */
export type Parameter = string | number | bigint | Sentence;

type Parameters<Key extends SentenceKey> =
  ParameterNames<(typeof en)[Key]> extends never
    ? []
    : [parameters: Record<ParameterNames<(typeof en)[Key]>, Parameter>];

const catalogues: Record<Locale, Record<SentenceKey, string>> = { en, ko };

/** A sentence of the catalogues. */
export function say<Key extends SentenceKey>(key: Key, ...[parameters]: Parameters<Key>): Sentence {
  return new CatalogueSentence(key, parameters ?? {});
}

/** Several in a row, with the same between them in every language. */
export function joined(parts: readonly Parameter[], separator: string): Sentence {
  return new Row(parts, separator);
}

/** A sentence that has been put into every language already, as it comes from another thread. */
export function inEvery(texts: Readonly<Record<Locale, string>>): Sentence {
  return new Multilingual(texts);
}

abstract class Translated implements Sentence {
  abstract in(locale: Locale): string;

  toString(): string {
    return this.in('en');
  }

  toJSON(): string {
    return this.in(writing.language());
  }
}

class CatalogueSentence extends Translated {
  readonly key: SentenceKey;
  readonly parameters: Record<string, Parameter>;

  constructor(key: SentenceKey, parameters: Record<string, Parameter>) {
    super();
    this.key = key;
    this.parameters = parameters;
  }

  in(locale: Locale): string {
    return fill(locale, catalogues[locale][this.key], this.parameters);
  }
}

class Multilingual extends Translated {
  readonly texts: Readonly<Record<Locale, string>>;

  constructor(texts: Readonly<Record<Locale, string>>) {
    super();
    this.texts = texts;
  }

  in(locale: Locale): string {
    return this.texts[locale];
  }
}

class Row extends Translated {
  readonly parts: readonly Parameter[];
  readonly separator: string;

  constructor(parts: readonly Parameter[], separator: string) {
    super();
    this.parts = parts;
    this.separator = separator;
  }

  in(locale: Locale): string {
    return this.parts.map((part) => partIn(locale, part)).join(this.separator);
  }
}

/** JSON with its sentences in a language, which is only asked for when there is one. */
export function jsonIn(language: () => Locale, value: unknown): string {
  const before = writing.language;
  writing.language = language;
  try {
    return JSON.stringify(value);
  } finally {
    writing.language = before;
  }
}

/** The console's program and its bundle each load their own copy of this module, and sentences go from one to the other. */
const writing = sharedWriting();

function sharedWriting(): { language: () => Locale } {
  const key = Symbol.for('kafdeck.writing');
  const holder = globalThis as unknown as Record<symbol, { language: () => Locale } | undefined>;
  holder[key] ??= { language: () => 'en' };
  return holder[key];
}

/** The part of ICU's message format that the catalogues use. */
const ARGUMENT = /\{(\w+)(?:, number|, plural, (?:one \{([^{}]*)\} )?other \{([^{}]*)\})?\}/g;

function fill(locale: Locale, text: string, parameters: Record<string, Parameter>): string {
  return text.replace(ARGUMENT, (argument, name: string, one?: string, other?: string) => {
    const value = parameters[name];
    if (value === undefined) return argument;
    if (other !== undefined) {
      const branch = one !== undefined && Number(value) === 1 ? one : other;
      return branch.replaceAll('#', grouped(value));
    }
    return argument.endsWith(', number}') ? grouped(value) : partIn(locale, value);
  });
}

function partIn(locale: Locale, part: Parameter): string {
  return typeof part === 'object' ? part.in(locale) : String(part);
}

/** `1234567` is "1,234,567", in English and in Korean. */
function grouped(value: Parameter): string {
  return typeof value === 'number' || typeof value === 'bigint' ? value.toLocaleString('en') : String(value);
}
