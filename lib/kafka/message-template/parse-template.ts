import { TemplateError } from './template-error.ts';

/** One word between the braces, with its place in the template. */
export interface Word {
  readonly text: string;
  readonly position: number;
}

/** What stands between `{{` and `}}`. */
export interface Expression {
  readonly name: Word;
  /** All after the name, without space at the ends. */
  readonly rest: Word;
  readonly words: readonly Word[];
}

export type TemplatePart = string | Expression;

const OPEN = '{{';
const CLOSE = '}}';
const MOST_EXPRESSIONS = 2000;
/** Stands for two braces that are meant as such. */
const ESCAPED_OPEN = '\\{{';

/** Cuts a template into text and expressions. @throws TemplateError */
export function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let literal = '';
  let at = 0;
  let count = 0;
  for (;;) {
    const open = template.indexOf(OPEN, at);
    if (open < 0) break;
    if (template[open - 1] === '\\') {
      literal += template.slice(at, open - 1) + OPEN;
      at = open + OPEN.length;
      continue;
    }
    literal += template.slice(at, open);
    const close = template.indexOf(CLOSE, open);
    if (close < 0) {
      throw new TemplateError('neverClosed', { position: open, length: template.length - open }, OPEN, CLOSE);
    }
    if (literal !== '') parts.push(literal);
    literal = '';
    count += 1;
    if (count > MOST_EXPRESSIONS) {
      const place = { position: open, length: close + CLOSE.length - open };
      throw new TemplateError(
        'tooMany',
        place,
        template.slice(open, close + CLOSE.length),
        String(MOST_EXPRESSIONS),
      );
    }
    parts.push(expressionOf(template.slice(open + OPEN.length, close), open + OPEN.length));
    at = close + CLOSE.length;
  }
  literal += template.slice(at);
  if (literal !== '') parts.push(literal);
  return parts;
}

/** The template that renders to this text. */
export function escapeTemplate(text: string): string {
  return text.replaceAll(OPEN, ESCAPED_OPEN);
}

function expressionOf(text: string, position: number): Expression {
  const words = [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    position: position + match.index,
  }));
  const [name, ...args] = words;
  if (!name) {
    const place = { position: position - OPEN.length, length: text.length + OPEN.length + CLOSE.length };
    throw new TemplateError('empty', place, OPEN + text + CLOSE);
  }
  const restStart = args[0]?.position ?? name.position + name.text.length;
  return {
    name,
    words: args,
    rest: { text: text.slice(restStart - position).trimEnd(), position: restStart },
  };
}
