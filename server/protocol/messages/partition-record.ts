import { type Message, defineMessage } from '../schema.ts';

export interface PartitionRecord {
  partitionId: number;
  topicId: string;
  replicas: number[];
  isr: number[];
  removingReplicas: number[];
  addingReplicas: number[];
  leader: number;
  leaderRecoveryState: number;
  leaderEpoch: number;
  partitionEpoch: number;
  directories: string[];
  eligibleLeaderReplicas: number[] | null;
  lastKnownElr: number[] | null;
}

export const partitionRecord: Message<PartitionRecord> = defineMessage(
  'PartitionRecord', '0-2', '0+',
  [
    ['partitionId', 'int32', '0+', { default: -1 }],
    ['topicId', 'uuid', '0+'],
    ['replicas', ['int32'], '0+'],
    ['isr', ['int32'], '0+'],
    ['removingReplicas', ['int32'], '0+'],
    ['addingReplicas', ['int32'], '0+'],
    ['leader', 'int32', '0+', { default: -1 }],
    ['leaderRecoveryState', 'int8', '0+', { tagged: '0+', tag: 0 }],
    ['leaderEpoch', 'int32', '0+', { default: -1 }],
    ['partitionEpoch', 'int32', '0+', { default: -1 }],
    ['directories', ['uuid'], '1+'],
    ['eligibleLeaderReplicas', ['int32'], '2+', { nullable: '2+', default: null, tagged: '2+', tag: 1 }],
    ['lastKnownElr', ['int32'], '2+', { nullable: '2+', default: null, tagged: '2+', tag: 2 }],
  ], 3,
);
