import { type Message, defineMessage } from '../schema.ts';

export interface ConsumerGroupRegularExpressionKey {
  groupId: string;
  regularExpression: string;
}

export const consumerGroupRegularExpressionKey: Message<ConsumerGroupRegularExpressionKey> = defineMessage(
  'ConsumerGroupRegularExpressionKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
    ['regularExpression', 'string', '0'],
  ], 16,
);
