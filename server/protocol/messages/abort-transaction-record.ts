import { type Message, defineMessage } from '../schema.ts';

export interface AbortTransactionRecord {
  reason: string | null;
}

export const abortTransactionRecord: Message<AbortTransactionRecord> = defineMessage(
  'AbortTransactionRecord', '0', '0+',
  [
    ['reason', 'string', '0+', { nullable: '0+', default: null, tagged: '0+', tag: 0 }],
  ], 25,
);
