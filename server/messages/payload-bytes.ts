import type { Payload } from '../../lib/contract/messages.ts';

type Whole = Pick<Payload, 'encoding' | 'data'>;

/** The bytes of a key, value or header that was read whole. */
export function bytesOfPayload(payload: Whole): Buffer;
export function bytesOfPayload(payload: Whole | null): Buffer | null;
export function bytesOfPayload(payload: Whole | null): Buffer | null {
  return payload === null ? null : Buffer.from(payload.data, payload.encoding);
}
