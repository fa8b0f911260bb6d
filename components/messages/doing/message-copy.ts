import type { Message, Payload } from '../../../lib/contract/messages.ts';
import type { SerdeName } from '../../../lib/contract/serdes.ts';
import type { ProduceForm } from './produce-form.ts';

/**
 * A form that makes the same message, to be changed before it is sent. Null where it is not whole: cut, or masked. Keys and
 * values that are no text stand as base64, and headers without a value have an empty one.
 */
export function formOfMessage({ key, value, headers, partition }: Message): Partial<ProduceForm> | null {
  const parts = [key, value, ...headers.map((header) => header.value)];
  if (parts.some((part) => part?.isTruncated || part?.decoded?.isMasked)) return null;
  if (headers.some((header) => header.value?.encoding === 'base64')) return null;
  const [writtenKey, writtenValue] = [written(key), written(value)];
  return {
    hasKey: key !== null,
    key: writtenKey.text,
    keyAs: writtenKey.as,
    isTombstone: value === null,
    value: writtenValue.text,
    valueAs: writtenValue.as,
    headers: headers.map((header) => ({ key: header.key, value: header.value?.data ?? '' })),
    partition,
  };
}

function written(payload: Payload | null): { text: string; as: SerdeName } {
  if (payload === null) return { text: '', as: 'text' };
  return { text: payload.data, as: payload.encoding === 'utf8' ? 'text' : 'base64' };
}
