import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface Voter {
  voterId: number;
  voterDirectoryId: string;
}

const voterStruct: Struct = { name: 'Voter', fields: [
  ['voterId', 'int32', '0+'],
  ['voterDirectoryId', 'uuid', '1+'],
] };

export interface LeaderChangeMessage {
  version: number;
  leaderId: number;
  voters: Voter[];
  grantingVoters: Voter[];
}

export const leaderChangeMessage: Message<LeaderChangeMessage> = defineMessage(
  'LeaderChangeMessage', '0-1', '0+',
  [
    ['version', 'int16', '0+'],
    ['leaderId', 'int32', '0+'],
    ['voters', [voterStruct], '0+'],
    ['grantingVoters', [voterStruct], '0+'],
  ],
);
