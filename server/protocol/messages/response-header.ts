import { type Message, defineMessage } from '../schema.ts';

export interface ResponseHeader {
  correlationId: number;
}

export const responseHeader: Message<ResponseHeader> = defineMessage(
  'ResponseHeader', '0-1', '1+',
  [
    ['correlationId', 'int32', '0+'],
  ],
);
