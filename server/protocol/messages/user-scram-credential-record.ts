import { type Message, defineMessage } from '../schema.ts';

export interface UserScramCredentialRecord {
  name: string;
  mechanism: number;
  salt: Buffer;
  storedKey: Buffer;
  serverKey: Buffer;
  iterations: number;
}

export const userScramCredentialRecord: Message<UserScramCredentialRecord> = defineMessage(
  'UserScramCredentialRecord', '0', '0+',
  [
    ['name', 'string', '0+'],
    ['mechanism', 'int8', '0+'],
    ['salt', 'bytes', '0+'],
    ['storedKey', 'bytes', '0+'],
    ['serverKey', 'bytes', '0+'],
    ['iterations', 'int32', '0+'],
  ], 11,
);
