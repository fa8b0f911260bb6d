import { type Message, defineMessage } from '../schema.ts';

export interface ShareGroupMemberMetadataValue {
  rackId: string | null;
  clientId: string;
  clientHost: string;
  subscribedTopicNames: string[];
}

export const shareGroupMemberMetadataValue: Message<ShareGroupMemberMetadataValue> = defineMessage(
  'ShareGroupMemberMetadataValue', '0', '0+',
  [
    ['rackId', 'string', '0+', { nullable: '0+' }],
    ['clientId', 'string', '0+'],
    ['clientHost', 'string', '0+'],
    ['subscribedTopicNames', ['string'], '0+'],
  ], 10,
);
