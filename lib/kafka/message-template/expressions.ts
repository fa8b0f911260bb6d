import { Arguments } from './arguments.ts';
import type { Expression } from './parse-template.ts';
import type { Random } from './random.ts';
import { TemplateError } from './template-error.ts';
import { FIRST_NAMES, LAST_NAMES, WORDS } from './words.ts';

/** What an expression may look at. */
export interface MessageContext {
  /** Place of the message in its series, from 0. */
  readonly index: number;
  readonly random: Random;
  /** When it is made, milliseconds since the epoch. */
  readonly now: number;
  /** The message's key as text; null while there is none. */
  readonly key: string | null;
}

export type Render = (context: MessageContext) => string;

/** The most characters that one expression makes. */
const MAX_LENGTH = 1_048_576;
const MAX_WHOLE = Number.MAX_SAFE_INTEGER;

/** Every expression there is: reads its arguments once, and gives what renders it. */
const EXPRESSIONS: Readonly<Record<string, (args: Arguments) => Render>> = {
  counter(args) {
    const start = args.option('start', 1, { least: -MAX_WHOLE, most: MAX_WHOLE });
    const step = args.option('step', 1, { least: -1e9, most: 1e9 });
    const pad = args.option('pad', 0, { least: 0, most: 100 });
    return ({ index }) => {
      const count = BigInt(start) + BigInt(step) * BigInt(index);
      const digits = String(count < 0n ? -count : count).padStart(pad, '0');
      return count < 0n ? `-${digits}` : digits;
    };
  },
  uuid: () => uuid,
  int(args) {
    const [low, high] = args.range((word) => args.whole(word, { least: -MAX_WHOLE, most: MAX_WHOLE }));
    return ({ random }) => String(low + Math.floor(random.next() * (high - low + 1)));
  },
  float(args) {
    const [low, high] = args.range((word) => args.number(word));
    const decimals = args.option('decimals', 2, { least: 0, most: 15 });
    return ({ random }) => (low + random.next() * (high - low)).toFixed(decimals);
  },
  bool: () => (context) => (context.random.next() < 0.5 ? 'true' : 'false'),
  pick(args) {
    const choices = args
      .takeRest()
      .split('|')
      .map((choice) => choice.trim());
    return ({ random }) => oneOf(choices, random);
  },
  name: () => (context) => person(context).join(' '),
  email: () => (context) => `${person(context).join('.').toLowerCase()}@example.com`,
  word: () => (context) => oneOf(WORDS, context.random),
  text(args) {
    const length = args.whole(args.take(), { least: 0, most: MAX_LENGTH });
    return ({ random }) => {
      let text = oneOf(WORDS, random);
      while (text.length < length) text += ` ${oneOf(WORDS, random)}`;
      return text.slice(0, length);
    };
  },
  hex(args) {
    const length = args.whole(args.take(), { least: 0, most: MAX_LENGTH });
    return ({ random }) => hexDigits(length, random);
  },
  now(args) {
    const write = timeWriter(args);
    return ({ now }) => write(now);
  },
  timestamp(args) {
    const first = args.duration(args.take());
    const second = args.hasMore && !args.isNextFormat ? args.duration(args.take()) : first;
    if (second < first) args.refuse('backwards');
    const write = timeWriter(args);
    return ({ now, random }) => write(now + Math.round(first + random.next() * (second - first)));
  },
  key: () => (context) => context.key ?? '',
};

/** Names of all expressions, to be offered while one types. */
export const EXPRESSION_NAMES: readonly string[] = Object.keys(EXPRESSIONS);

/** @throws TemplateError with the place of what is wrong */
export function compileExpression(expression: Expression, { isKey }: { isKey: boolean }): Render {
  const { name } = expression;
  const place = { position: name.position, length: name.text.length };
  const compile = Object.hasOwn(EXPRESSIONS, name.text) ? EXPRESSIONS[name.text] : undefined;
  if (!compile) throw new TemplateError('unknown', place, name.text, EXPRESSION_NAMES.join(', '));
  if (isKey && name.text === 'key') throw new TemplateError('noKey', place, name.text);
  const args = new Arguments(expression);
  const render = compile(args);
  args.end();
  return render;
}

function timeWriter(args: Arguments): (time: number) => string {
  switch (args.takeFormat()) {
    case 'ms':
      return (time) => String(time);
    case 's':
      return (time) => String(Math.floor(time / 1000));
    default:
      return (time) => new Date(time).toISOString();
  }
}

/** Version 4 (RFC 9562), of the series' random numbers. */
function uuid({ random }: MessageContext): string {
  const digits = hexDigits(32, random);
  const variant = '89ab'[random.bits() & 3]!;
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}

function hexDigits(length: number, random: Random): string {
  let digits = '';
  while (digits.length < length) digits += random.bits().toString(16).padStart(8, '0');
  return digits.slice(0, length);
}

function person({ random }: MessageContext): [string, string] {
  return [oneOf(FIRST_NAMES, random), oneOf(LAST_NAMES, random)];
}

function oneOf(choices: readonly string[], random: Random): string {
  return choices[Math.floor(random.next() * choices.length)]!;
}
