import { compileExpression, type MessageContext, type Render } from './expressions.ts';
import { parseTemplate } from './parse-template.ts';
import { randomSeries } from './random.ts';
import { TemplateError } from './template-error.ts';

/** A message as text with `{{…}}` in it. Null: no key, no value (a tombstone), a header without a value. */
export interface MessageTexts {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: readonly { readonly key: string; readonly value: string | null }[];
  /** ISO 8601 or milliseconds since the epoch; null: when it is made. */
  readonly timestamp: string | null;
}

/** One message of a series, as text. */
export interface RenderedMessage extends MessageTexts {
  readonly index: number;
}

/** What a key or value may become, in characters: as much as one that is sent as it is. */
const MAX_RENDERED = 16_777_216;

/** A TemplateError with the field of the message it is in: `key`, `value`, `timestamp`, `headers.0.value`. */
export class MessageTemplateError extends Error {
  readonly field: string;
  readonly template: string;
  readonly reason: TemplateError;

  constructor(field: string, template: string, reason: TemplateError) {
    super(`${field}: ${reason.message}`);
    this.field = field;
    this.template = template;
    this.reason = reason;
  }
}

/**
 * Makes messages of a template. Every message depends on the seed, its index and the time alone, so that a series can be
 * previewed, and gone on with later. @throws MessageTemplateError; what it gives throws RangeError for what grows too long
 */
export function compileMessage(
  { key, value, headers, timestamp }: MessageTexts,
  seed: string,
): (index: number, now: number) => RenderedMessage {
  const renderKey = compileText('key', key);
  const renderValue = compileText('value', value);
  const renderHeaders = headers.map((header, index) => ({
    key: header.key,
    render: compileText(`headers.${index}.value`, header.value),
  }));
  const renderTimestamp = compileText('timestamp', timestamp);
  const randomOf = randomSeries(seed);
  return (index, now) => {
    const context = { index, now, random: randomOf(index), key: null as string | null };
    context.key = renderKey(context);
    return {
      index,
      key: context.key,
      value: renderValue(context),
      headers: renderHeaders.map((header) => ({ key: header.key, value: header.render(context) })),
      timestamp: renderTimestamp(context),
    };
  };
}

/** What is wrong with a message's templates, all of it; empty when nothing is. */
export function templateErrors({ key, value, headers, timestamp }: MessageTexts): MessageTemplateError[] {
  const fields: [string, string | null][] = [
    ['key', key],
    ['value', value],
    ...headers.map((header, index): [string, string | null] => [`headers.${index}.value`, header.value]),
    ['timestamp', timestamp],
  ];
  return fields.flatMap(([field, text]) => {
    try {
      compileText(field, text);
      return [];
    } catch (error) {
      if (error instanceof MessageTemplateError) return [error];
      throw error;
    }
  });
}

function compileText(field: string, template: string | null): (context: MessageContext) => string | null {
  if (template === null) return () => null;
  const parts = compileParts(field, template);
  const [only] = parts;
  if (parts.length === 0) return () => '';
  if (parts.length === 1) return typeof only === 'string' ? () => only : only!;
  return (context) => {
    let text = '';
    for (const part of parts) {
      text += typeof part === 'string' ? part : part(context);
      if (text.length > MAX_RENDERED)
        throw new RangeError(`${field} is longer than ${MAX_RENDERED} characters`);
    }
    return text;
  };
}

function compileParts(field: string, template: string): (string | Render)[] {
  try {
    return parseTemplate(template).map((part) =>
      typeof part === 'string' ? part : compileExpression(part, { isKey: field === 'key' }),
    );
  } catch (error) {
    if (error instanceof TemplateError) throw new MessageTemplateError(field, template, error);
    throw error;
  }
}
