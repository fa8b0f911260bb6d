import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface TaskIds {
  subtopologyId: string;
  partitions: number[];
}

const taskIdsStruct: Struct = { name: 'TaskIds', fields: [
  ['subtopologyId', 'string', '0+'],
  ['partitions', ['int32'], '0+'],
] };

export interface StreamsGroupTargetAssignmentMemberValue {
  activeTasks: TaskIds[];
  standbyTasks: TaskIds[];
  warmupTasks: TaskIds[];
}

export const streamsGroupTargetAssignmentMemberValue: Message<StreamsGroupTargetAssignmentMemberValue> = defineMessage(
  'StreamsGroupTargetAssignmentMemberValue', '0', '0+',
  [
    ['activeTasks', [taskIdsStruct], '0+'],
    ['standbyTasks', [taskIdsStruct], '0+'],
    ['warmupTasks', [taskIdsStruct], '0+'],
  ], 21,
);
