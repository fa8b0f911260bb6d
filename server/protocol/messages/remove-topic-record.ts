import { type Message, defineMessage } from '../schema.ts';

export interface RemoveTopicRecord {
  topicId: string;
}

export const removeTopicRecord: Message<RemoveTopicRecord> = defineMessage(
  'RemoveTopicRecord', '0', '0+',
  [
    ['topicId', 'uuid', '0+'],
  ], 9,
);
