import { Failure } from '../../lib/contract/failure.ts';
import type { ProduceBody } from '../../lib/contract/messages.ts';
import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { RecordToEncode } from '../protocol/records/record-batch.ts';

type Outgoing = NonNullable<ProduceBody['value']>;

export interface RecordToProduce extends RecordToEncode {
  key: Buffer | null;
  timestamp: number;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** The record that a request describes. Throws `invalid_request` with the field whose data are not in its encoding. */
export function recordToProduce(body: ProduceBody, now: number): RecordToProduce {
  return {
    key: bytesOf(body.key, 'key'),
    value: bytesOf(body.value, 'value'),
    headers: body.headers.map(({ key, value }, index) => ({
      key,
      value: bytesOf(value, `headers.${index}.value`),
    })),
    timestamp: body.timestamp === undefined ? now : Date.parse(body.timestamp),
  };
}

function bytesOf(outgoing: Outgoing | null, field: string): Buffer | null {
  if (outgoing === null) return null;
  const { encoding, data } = outgoing;
  if (encoding === 'base64' && !BASE64.test(data)) throw invalid(`${field}.data`, say('produce.notBase64'));
  if (encoding === 'utf8' && !data.isWellFormed()) {
    throw invalid(`${field}.data`, say('produce.halfCharacter'));
  }
  return Buffer.from(data, encoding);
}

function invalid(field: string, message: Sentence): Failure {
  return new Failure('invalid_request', say('ofField', { field, message }), { fields: [{ field, message }] });
}
