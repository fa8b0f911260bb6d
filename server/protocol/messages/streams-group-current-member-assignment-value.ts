import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface TaskIds {
  subtopologyId: string;
  partitions: number[];
  assignmentEpochs: number[] | null;
}

const taskIdsStruct: Struct = { name: 'TaskIds', fields: [
  ['subtopologyId', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
  ['assignmentEpochs', ['int32'], '0+', { nullable: '0+', tagged: '0+', tag: 0 }],
] };

export interface StreamsGroupCurrentMemberAssignmentValue {
  memberEpoch: number;
  previousMemberEpoch: number;
  state: number;
  activeTasks: TaskIds[];
  standbyTasks: TaskIds[];
  warmupTasks: TaskIds[];
  activeTasksPendingRevocation: TaskIds[];
  standbyTasksPendingRevocation: TaskIds[];
  warmupTasksPendingRevocation: TaskIds[];
}

export const streamsGroupCurrentMemberAssignmentValue: Message<StreamsGroupCurrentMemberAssignmentValue> = defineMessage(
  'StreamsGroupCurrentMemberAssignmentValue', '0', '0+',
  [
    ['memberEpoch', 'int32', '0+'],
    ['previousMemberEpoch', 'int32', '0+'],
    ['state', 'int8', '0+'],
    ['activeTasks', [taskIdsStruct], '0+'],
    ['standbyTasks', [taskIdsStruct], '0+'],
    ['warmupTasks', [taskIdsStruct], '0+'],
    ['activeTasksPendingRevocation', [taskIdsStruct], '0+'],
    ['standbyTasksPendingRevocation', [taskIdsStruct], '0+'],
    ['warmupTasksPendingRevocation', [taskIdsStruct], '0+'],
  ], 22,
);
