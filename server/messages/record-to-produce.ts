import type { ProduceBody } from '../../lib/contract/messages.ts';
import type { RecordToEncode } from '../protocol/records/record-batch.ts';
import { messageEncoder } from './message-encoder.ts';

export interface RecordToProduce extends RecordToEncode {
  key: Buffer | null;
  timestamp: number;
}

/** The record that a request describes. Throws `invalid_request` with the field whose data are not in its encoding. */
export function recordToProduce(body: ProduceBody, now: number): RecordToProduce {
  const { key, value, headers } = body;
  const encoded = messageEncoder(body)({
    key: key?.data ?? null,
    value: value?.data ?? null,
    headers: headers.map((header) => ({ key: header.key, value: header.value?.data ?? null })),
  });
  return { ...encoded, timestamp: body.timestamp === undefined ? now : Date.parse(body.timestamp) };
}
