import { type Message, defineMessage } from '../schema.ts';

export interface TopicRecord {
  name: string;
  topicId: string;
}

export const topicRecord: Message<TopicRecord> = defineMessage(
  'TopicRecord', '0', '0+',
  [
    ['name', 'string', '0+'],
    ['topicId', 'uuid', '0+'],
  ], 2,
);
