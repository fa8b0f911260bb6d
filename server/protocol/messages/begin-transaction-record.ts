import { type Message, defineMessage } from '../schema.ts';

export interface BeginTransactionRecord {
  name: string | null;
}

export const beginTransactionRecord: Message<BeginTransactionRecord> = defineMessage(
  'BeginTransactionRecord', '0', '0+',
  [
    ['name', 'string', '0+', { nullable: '0+', default: null, tagged: '0+', tag: 0 }],
  ], 23,
);
