import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface StateBatch {
  firstOffset: bigint;
  lastOffset: bigint;
  deliveryState: number;
  deliveryCount: number;
}

const stateBatchStruct: Struct = { name: 'StateBatch', fields: [
  ['firstOffset', 'int64', '0+'],
  ['lastOffset', 'int64', '0+'],
  ['deliveryState', 'int8', '0+'],
  ['deliveryCount', 'int16', '0+'],
] };

export interface ShareUpdateValue {
  snapshotEpoch: number;
  leaderEpoch: number;
  startOffset: bigint;
  deliveryCompleteCount: number;
  stateBatches: StateBatch[];
}

export const shareUpdateValue: Message<ShareUpdateValue> = defineMessage(
  'ShareUpdateValue', '0', '0+',
  [
    ['snapshotEpoch', 'int32', '0+'],
    ['leaderEpoch', 'int32', '0+'],
    ['startOffset', 'int64', '0+'],
    ['deliveryCompleteCount', 'int32', '0+', { default: -1, tagged: '0+', tag: 0 }],
    ['stateBatches', [stateBatchStruct], '0+'],
  ], 1,
);
