import { type Message, defineMessage } from '../schema.ts';

export interface PartitionChangeRecord {
  partitionId: number;
  topicId: string;
  isr: number[] | null;
  leader: number;
  replicas: number[] | null;
  removingReplicas: number[] | null;
  addingReplicas: number[] | null;
  leaderRecoveryState: number;
  directories: string[] | null;
  eligibleLeaderReplicas: number[] | null;
  lastKnownElr: number[] | null;
}

export const partitionChangeRecord: Message<PartitionChangeRecord> = defineMessage(
  'PartitionChangeRecord', '0-2', '0+',
  [
    ['partitionId', 'int32', '0+', { default: -1 }],
    ['topicId', 'uuid', '0+'],
    ['isr', ['int32'], '0+', { nullable: '0+', default: null, tagged: '0+', tag: 0 }],
    ['leader', 'int32', '0+', { default: -2, tagged: '0+', tag: 1 }],
    ['replicas', ['int32'], '0+', { nullable: '0+', default: null, tagged: '0+', tag: 2 }],
    ['removingReplicas', ['int32'], '0+', { nullable: '0+', default: null, tagged: '0+', tag: 3 }],
    ['addingReplicas', ['int32'], '0+', { nullable: '0+', default: null, tagged: '0+', tag: 4 }],
    ['leaderRecoveryState', 'int8', '0+', { default: -1, tagged: '0+', tag: 5 }],
    ['directories', ['uuid'], '1+', { nullable: '1+', default: null, tagged: '1+', tag: 8 }],
    ['eligibleLeaderReplicas', ['int32'], '2+', { nullable: '2+', default: null, tagged: '2+', tag: 6 }],
    ['lastKnownElr', ['int32'], '2+', { nullable: '2+', default: null, tagged: '2+', tag: 7 }],
  ], 5,
);
