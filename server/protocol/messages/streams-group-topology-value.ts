import { type Message, defineMessage, type Struct } from '../schema.ts';

export interface TopicConfig {
  key: string;
  value: string;
}

const topicConfigStruct: Struct = { name: 'TopicConfig', fields: [
  ['key', 'string', '0+'],
  ['value', 'string', '0+'],
] };

export interface TopicInfo {
  name: string;
  partitions: number;
  replicationFactor: number;
  topicConfigs: TopicConfig[];
}

const topicInfoStruct: Struct = { name: 'TopicInfo', fields: [
  ['name', 'string', '0+'],
  ['partitions', 'int32', '0+'],
  ['replicationFactor', 'int16', '0+'],
  ['topicConfigs', [topicConfigStruct], '0+'],
] };

export interface CopartitionGroup {
  sourceTopics: number[];
  sourceTopicRegex: number[];
  repartitionSourceTopics: number[];
}

const copartitionGroupStruct: Struct = { name: 'CopartitionGroup', fields: [
  ['sourceTopics', ['int16'], '0+'],
  ['sourceTopicRegex', ['int16'], '0+'],
  ['repartitionSourceTopics', ['int16'], '0+'],
] };

export interface Subtopology {
  subtopologyId: string;
  sourceTopics: string[];
  sourceTopicRegex: string[];
  stateChangelogTopics: TopicInfo[];
  repartitionSinkTopics: string[];
  repartitionSourceTopics: TopicInfo[];
  copartitionGroups: CopartitionGroup[];
}

const subtopologyStruct: Struct = { name: 'Subtopology', fields: [
  ['subtopologyId', 'string', '0+'],
  ['sourceTopics', ['string'], '0+'],
  ['sourceTopicRegex', ['string'], '0+'],
  ['stateChangelogTopics', [topicInfoStruct], '0+'],
  ['repartitionSinkTopics', ['string'], '0+'],
  ['repartitionSourceTopics', [topicInfoStruct], '0+'],
  ['copartitionGroups', [copartitionGroupStruct], '0+'],
] };

export interface StreamsGroupTopologyValue {
  epoch: number;
  subtopologies: Subtopology[];
}

export const streamsGroupTopologyValue: Message<StreamsGroupTopologyValue> = defineMessage(
  'StreamsGroupTopologyValue', '0', '0+',
  [
    ['epoch', 'int32', '0+'],
    ['subtopologies', [subtopologyStruct], '0+'],
  ], 23,
);
