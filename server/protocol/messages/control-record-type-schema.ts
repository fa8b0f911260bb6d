import { type Message, defineMessage } from '../schema.ts';

export interface ControlRecordTypeSchema {
  type: number;
}

export const controlRecordTypeSchema: Message<ControlRecordTypeSchema> = defineMessage(
  'ControlRecordTypeSchema', '0', 'none',
  [
    ['type', 'int16', '0+'],
  ],
);
