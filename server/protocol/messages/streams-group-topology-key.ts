import { type Message, defineMessage } from '../schema.ts';

export interface StreamsGroupTopologyKey {
  groupId: string;
}

export const streamsGroupTopologyKey: Message<StreamsGroupTopologyKey> = defineMessage(
  'StreamsGroupTopologyKey', '0', 'none',
  [
    ['groupId', 'string', '0'],
  ], 23,
);
