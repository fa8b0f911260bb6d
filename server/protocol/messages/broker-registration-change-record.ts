import { type Message, defineMessage } from '../schema.ts';

export interface BrokerRegistrationChangeRecord {
  brokerId: number;
  brokerEpoch: bigint;
  fenced: number;
  inControlledShutdown: number;
  logDirs: string[];
  cordonedLogDirs: string[] | null;
}

export const brokerRegistrationChangeRecord: Message<BrokerRegistrationChangeRecord> = defineMessage(
  'BrokerRegistrationChangeRecord', '0-3', '0+',
  [
    ['brokerId', 'int32', '0+'],
    ['brokerEpoch', 'int64', '0+'],
    ['fenced', 'int8', '0+', { tagged: '0+', tag: 0 }],
    ['inControlledShutdown', 'int8', '1+', { tagged: '1+', tag: 1 }],
    ['logDirs', ['uuid'], '2+', { tagged: '2+', tag: 2 }],
    ['cordonedLogDirs', ['uuid'], '3+', { nullable: '3+', default: null, tagged: '3+', tag: 3 }],
  ], 17,
);
