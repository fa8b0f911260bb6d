import { type Message, defineMessage } from '../schema.ts';

export interface DefaultPrincipalData {
  type: string;
  name: string;
  tokenAuthenticated: boolean;
}

export const defaultPrincipalData: Message<DefaultPrincipalData> = defineMessage(
  'DefaultPrincipalData', '0', '0+',
  [
    ['type', 'string', '0+'],
    ['name', 'string', '0+'],
    ['tokenAuthenticated', 'bool', '0+'],
  ],
);
