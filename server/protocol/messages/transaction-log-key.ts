import { type Message, defineMessage } from '../schema.ts';

export interface TransactionLogKey {
  transactionalId: string;
}

export const transactionLogKey: Message<TransactionLogKey> = defineMessage(
  'TransactionLogKey', '0', 'none',
  [
    ['transactionalId', 'string', '0'],
  ], 0,
);
