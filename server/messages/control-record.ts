import type { Message } from '../../lib/contract/messages.ts';
import type { ScannedRecord } from './scanned-record.ts';

/** Types of control records by number (org.apache.kafka.common.record.ControlRecordType). */
const TYPES = [
  'abort',
  'commit',
  'leader-change',
  'snapshot-header',
  'snapshot-footer',
  'kraft-version',
  'kraft-voters',
];

/** What a control record says: its key is a version and a type, and transaction markers name their coordinator's epoch. */
export function controlOf({
  key,
  value,
}: Pick<ScannedRecord, 'key' | 'value'>): NonNullable<Message['control']> {
  const number = key !== null && key.length >= 4 ? key.readInt16BE(2) : -1;
  const type = TYPES[number] ?? `type ${number}`;
  const isMarker = number === 0 || number === 1;
  const text =
    isMarker && value !== null && value.length >= 6 ? `coordinator epoch ${value.readInt32BE(2)}` : '';
  return { type, text };
}
