import { type Message, defineMessage } from '../schema.ts';

export interface NoOpRecord {
}

export const noOpRecord: Message<NoOpRecord> = defineMessage(
  'NoOpRecord', '0', '0+',
  [], 20,
);
