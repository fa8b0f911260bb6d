import type { Expression, Word } from './parse-template.ts';
import { TemplateError, type TemplateErrorCode } from './template-error.ts';

interface Bounds {
  readonly least: number;
  readonly most: number;
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const DURATION = /^([+-]?\d{1,12}(?:\.\d{1,6})?)(ms|s|m|min|h|d)$/;
const NUMBER = /^[+-]?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?$/i;
const WHOLE = /^[+-]?\d{1,20}$/;
const OPTION = /^([a-z]+)=(.*)$/;
const FORMATS: readonly string[] = ['iso', 'ms', 's'];
/** A hundred years: times stay such that ISO 8601 can write. */
const MAX_DURATION_MS = 100 * 365.25 * 86_400_000;

/** The words after an expression's name, taken one by one. What is wrong is thrown as a TemplateError with its place. */
export class Arguments {
  readonly #expression: Expression;
  readonly #words: Word[];
  readonly #options = new Map<string, Word>();
  readonly #wanted: string[] = [];
  #isRestTaken = false;

  constructor(expression: Expression) {
    this.#expression = expression;
    this.#words = [];
    for (const word of expression.words) {
      const option = OPTION.exec(word.text);
      if (!option) this.#words.push(word);
      else
        this.#options.set(option[1]!, {
          text: option[2]!,
          position: word.position + option[1]!.length + 1,
        });
    }
  }

  get hasMore(): boolean {
    return this.#words.length > 0;
  }

  get isNextFormat(): boolean {
    return FORMATS.includes(this.#words[0]?.text ?? '');
  }

  take(): Word {
    const word = this.#words.shift();
    if (!word) this.refuse('missing');
    return word;
  }

  /** Everything after the name, as it stands. */
  takeRest(): string {
    const { rest } = this.#expression;
    if (rest.text === '') this.refuse('missing');
    this.#isRestTaken = true;
    return rest.text;
  }

  takeFormat(): string | undefined {
    return this.isNextFormat ? this.#words.shift()?.text : undefined;
  }

  /** Two numbers, the first one not above the second. */
  range(read: (word: Word) => number): [low: number, high: number] {
    const [low, high] = [read(this.take()), read(this.take())];
    if (high < low) this.refuse('backwards');
    return [low, high];
  }

  number(word: Word): number {
    const number = NUMBER.test(word.text) ? Number(word.text) : Number.NaN;
    if (!Number.isFinite(number)) throw errorAt('notNumber', word);
    return number;
  }

  whole(word: Word, { least, most }: Bounds): number {
    if (!WHOLE.test(word.text)) throw errorAt('notWhole', word);
    const number = Number(word.text);
    if (number < least) throw errorAt('tooSmall', word, String(least));
    if (number > most) throw errorAt('tooLarge', word, String(most));
    return number;
  }

  /** `-1h`, `30s`, `0d`; milliseconds. `0` needs no unit. */
  duration(word: Word): number {
    if (word.text === '0') return 0;
    const match = DURATION.exec(word.text);
    if (!match) throw errorAt('notTime', word);
    const milliseconds = Number(match[1]) * UNITS[match[2]!]!;
    if (Math.abs(milliseconds) > MAX_DURATION_MS) throw errorAt('tooLarge', word, '36525d');
    return milliseconds;
  }

  /** A whole number given as `name=…`. */
  option(name: string, otherwise: number, bounds: Bounds): number {
    this.#wanted.push(name);
    const word = this.#options.get(name);
    return word ? this.whole(word, bounds) : otherwise;
  }

  /** Refuses what nobody took. */
  end(): void {
    if (this.#isRestTaken) return;
    const [word] = this.#words;
    if (word) throw errorAt('surplus', word);
    for (const [name, { position }] of this.#options) {
      if (this.#wanted.includes(name)) continue;
      const place = { position: position - name.length - 1, length: name.length };
      throw new TemplateError('option', place, name, this.#wanted.join(', '));
    }
  }

  /** Refuses the expression as a whole. */
  refuse(code: TemplateErrorCode): never {
    const { name, rest } = this.#expression;
    const length = rest.position + rest.text.length - name.position;
    throw new TemplateError(code, { position: name.position, length }, name.text);
  }
}

function errorAt(code: TemplateErrorCode, { text, position }: Word, wanted = ''): TemplateError {
  return new TemplateError(code, { position, length: text.length }, text, wanted);
}
