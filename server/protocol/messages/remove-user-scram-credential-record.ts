import { type Message, defineMessage } from '../schema.ts';

export interface RemoveUserScramCredentialRecord {
  name: string;
  mechanism: number;
}

export const removeUserScramCredentialRecord: Message<RemoveUserScramCredentialRecord> = defineMessage(
  'RemoveUserScramCredentialRecord', '0', '0+',
  [
    ['name', 'string', '0+'],
    ['mechanism', 'int8', '0+'],
  ], 22,
);
