import type { Locale } from '../i18n/locale.ts';

/**
 * Text for a person that has no language yet: it is put into one where it is written down. As a string it is English; in
 * JSON it is in the language that `jsonIn` writes.
 */
export interface Sentence {
  in(locale: Locale): string;
  toString(): string;
  toJSON(): string;
}

/** Words that are the same in every language: names, what a broker says, what has been put into a language already. */
export function spoken(text: string): Sentence {
  return new Spoken(text);
}

class Spoken implements Sentence {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  in(): string {
    return this.text;
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

declare const isWording: unique symbol;
/** A string that a person reads: the one who answers gives a `Sentence` for it, the one who asked gets it in a language. */
export type Wording = string & { readonly [isWording]?: never };

/** An answer of the contract before it is put into a language. */
export type Unspoken<Answer> = Answer extends string
  ? typeof isWording extends keyof Answer
    ? Sentence
    : Answer
  : Answer extends object
    ? { [Key in keyof Answer]: Unspoken<Answer[Key]> }
    : Answer;
