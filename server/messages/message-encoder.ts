import { Failure } from '../../lib/contract/failure.ts';
import type { ProduceBody } from '../../lib/contract/messages.ts';
import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';

type Outgoing = NonNullable<ProduceBody['value']>;
type Encode = (text: string) => Buffer;

/** A message as text, headers in the order of its body. */
export interface MessageTexts {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: readonly { readonly key: string; readonly value: string | null }[];
}

/** The same as bytes. */
export interface EncodedMessage {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[];
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/**
 * Turns texts into bytes as a body says that they are meant. What it gives throws `invalid_request` with the field whose
 * text is not in its encoding.
 */
export function messageEncoder(
  body: Pick<ProduceBody, 'key' | 'value' | 'headers'>,
): (texts: MessageTexts) => EncodedMessage {
  const key = encoderOf(body.key, 'key');
  const value = encoderOf(body.value, 'value');
  const headers = body.headers.map((header, index) => encoderOf(header.value, `headers.${index}.value`));
  const apply = (encode: Encode, text: string | null) => (text === null ? null : encode(text));
  return (texts) => ({
    key: apply(key, texts.key),
    value: apply(value, texts.value),
    headers: texts.headers.map((header, index) => ({
      key: header.key,
      value: apply(headers[index]!, header.value),
    })),
  });
}

function encoderOf(outgoing: Outgoing | null, field: string): Encode {
  return (text) => bytesOf(text, outgoing?.encoding ?? 'utf8', field);
}

function bytesOf(data: string, encoding: Outgoing['encoding'], field: string): Buffer {
  if (encoding === 'base64' && !BASE64.test(data)) throw invalid(`${field}.data`, say('produce.notBase64'));
  if (encoding === 'utf8' && !data.isWellFormed()) {
    throw invalid(`${field}.data`, say('produce.halfCharacter'));
  }
  return Buffer.from(data, encoding);
}

function invalid(field: string, message: Sentence): Failure {
  return new Failure('invalid_request', say('ofField', { field, message }), { fields: [{ field, message }] });
}
