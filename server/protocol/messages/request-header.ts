import { type Message, defineMessage } from '../schema.ts';

export interface RequestHeader {
  requestApiKey: number;
  requestApiVersion: number;
  correlationId: number;
  clientId: string | null;
}

export const requestHeader: Message<RequestHeader> = defineMessage(
  'RequestHeader', '1-2', '2+',
  [
    ['requestApiKey', 'int16', '0+'],
    ['requestApiVersion', 'int16', '0+'],
    ['correlationId', 'int32', '0+'],
    ['clientId', 'string', '1+', { nullable: '1+', flexible: 'none' }],
  ],
);
