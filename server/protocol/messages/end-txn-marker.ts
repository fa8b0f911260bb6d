import { type Message, defineMessage } from '../schema.ts';

export interface EndTxnMarker {
  coordinatorEpoch: number;
}

export const endTxnMarker: Message<EndTxnMarker> = defineMessage(
  'EndTxnMarker', '0', 'none',
  [
    ['coordinatorEpoch', 'int32', '0+'],
  ],
);
