import { type Message, defineMessage } from '../schema.ts';

export interface ConsumerGroupRegularExpressionValue {
  topics: string[];
  version: bigint;
  timestamp: bigint;
}

export const consumerGroupRegularExpressionValue: Message<ConsumerGroupRegularExpressionValue> = defineMessage(
  'ConsumerGroupRegularExpressionValue', '0', '0+',
  [
    ['topics', ['string'], '0+'],
    ['version', 'int64', '0+'],
    ['timestamp', 'int64', '0+'],
  ], 16,
);
