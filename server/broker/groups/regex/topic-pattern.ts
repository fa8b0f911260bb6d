import { parsePattern } from './parse-pattern.ts';
import {
  type Assertion,
  type CharTest,
  isWordCharacter,
  PatternError,
  type PatternTree,
} from './pattern-tree.ts';

/** A pattern may ask for no larger machine: repetitions inside of repetitions multiply. */
const MAX_STEPS = 20_000;

type Step =
  | { readonly kind: 'char'; readonly test: CharTest }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'match' };

/**
 * A pattern in RE2's syntax, matched against whole names. All ways through it are followed at the same time, as RE2 does:
 * the work grows with the name's length, and no pattern can make it explode.
 */
export class TopicPattern {
  readonly #steps: Step[] = [];

  /** @throws PatternError with RE2's words */
  constructor(pattern: string) {
    this.#compile(parsePattern(pattern));
    this.#steps.push({ kind: 'match' });
  }

  matches(name: string): boolean {
    const codes = [...name].map((char) => char.codePointAt(0)!);
    let now = this.#reachable([0], codes, 0);
    for (let at = 0; at < codes.length; at += 1) {
      const next: number[] = [];
      for (const index of now) {
        const step = this.#steps[index]!;
        if (step.kind === 'char' && step.test(codes[at]!)) next.push(index + 1);
      }
      if (next.length === 0) return false;
      now = this.#reachable(next, codes, at + 1);
    }
    return now.has(this.#steps.length - 1);
  }

  #reachable(from: readonly number[], codes: readonly number[], at: number): Set<number> {
    const seen = new Set<number>();
    const open = [...from];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (seen.has(index)) continue;
      seen.add(index);
      const step = this.#steps[index]!;
      if (step.kind === 'split') open.push(step.first, step.second);
      else if (step.kind === 'assert' && holds(step.what, codes, at)) open.push(index + 1);
    }
    return seen;
  }

  #compile(tree: PatternTree): void {
    if (this.#steps.length > MAX_STEPS) throw new PatternError('invalid repeat count');
    switch (tree.kind) {
      case 'empty':
        break;
      case 'char':
      case 'assert':
        this.#steps.push(tree);
        break;
      case 'sequence':
        for (const part of tree.parts) this.#compile(part);
        break;
      case 'choice':
        this.#choice(tree.parts);
        break;
      case 'repeat':
        for (let index = 0; index < tree.min; index += 1) this.#compile(tree.part);
        if (tree.max === Number.POSITIVE_INFINITY) this.#anyNumberOf(tree.part);
        else this.#upTo(tree.max - tree.min, tree.part);
        break;
    }
  }

  #choice(parts: readonly PatternTree[]): void {
    const ends: { first: number; second: number }[] = [];
    parts.forEach((part, index) => {
      const isLast = index === parts.length - 1;
      const split = isLast ? null : this.#split();
      if (split !== null) split.first = this.#steps.length;
      this.#compile(part);
      if (split === null) return;
      ends.push(this.#split());
      split.second = this.#steps.length;
    });
    for (const end of ends) end.first = end.second = this.#steps.length;
  }

  #anyNumberOf(part: PatternTree): void {
    const start = this.#steps.length;
    const split = this.#split();
    split.first = this.#steps.length;
    this.#compile(part);
    const back = this.#split();
    back.first = back.second = start;
    split.second = this.#steps.length;
  }

  #upTo(count: number, part: PatternTree): void {
    const splits = Array.from({ length: count }, () => {
      const split = this.#split();
      split.first = this.#steps.length;
      this.#compile(part);
      return split;
    });
    for (const split of splits) split.second = this.#steps.length;
  }

  #split(): { first: number; second: number } {
    const step = { kind: 'split' as const, first: 0, second: 0 };
    this.#steps.push(step);
    return step;
  }
}

function holds(what: Assertion, codes: readonly number[], at: number): boolean {
  if (what === 'start') return at === 0;
  if (what === 'end') return at === codes.length;
  const isWord = (index: number) => codes[index] !== undefined && isWordCharacter(codes[index]);
  return (isWord(at - 1) !== isWord(at)) === (what === 'boundary');
}
