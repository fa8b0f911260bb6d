import { type Message, defineMessage } from '../schema.ts';

export interface EndTransactionRecord {
}

export const endTransactionRecord: Message<EndTransactionRecord> = defineMessage(
  'EndTransactionRecord', '0', '0+',
  [], 24,
);
