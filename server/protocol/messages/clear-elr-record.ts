import { type Message, defineMessage } from '../schema.ts';

export interface ClearElrRecord {
  topicName: string;
}

export const clearElrRecord: Message<ClearElrRecord> = defineMessage(
  'ClearElrRecord', '0', '0+',
  [
    ['topicName', 'string', '0+'],
  ], 28,
);
