import type { Sentence } from '../../../../lib/contract/sentence.ts';

/** An expression that cannot be used, and the place in it. Becomes a Failure where it is known which field it stands in. */
export class FilterMistake extends Error {
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;

  constructor(sentence: Sentence, { start, end }: { start: number; end: number }) {
    super(sentence.toString());
    this.sentence = sentence;
    this.start = start;
    this.end = end;
  }
}
