import { z } from 'zod';
import { addresses } from './addresses.ts';
import { alterBrokerConfigsBody, brokerDetail, brokerList, brokerPartitionPage } from './brokers.ts';
import { clusterList, health, overview } from './clusters.ts';
import { configList } from './configs.ts';
import { deletedRecords, deleteRecordsBody } from './delete-records.ts';
import { embedded, sampleDataBody, stopBrokerBody } from './embedded.ts';
import { endpoint } from './endpoint.ts';
import {
  exportedMessage,
  exportQuery,
  importedMessage,
  importLine,
  importQuery,
} from './exported-messages.ts';
import { groupDetail, groupPage, groupQuery } from './groups.ts';
import { messageQuery, messageSearchBody } from './message-query.ts';
import { messageLine, produceBody, produced } from './messages.ts';
import { brokerId, clusterId, groupId, paging, topicName } from './names.ts';
import {
  electionBody,
  itemResults,
  plan,
  planRequest,
  reassignmentBody,
  reassignmentList,
  reassignmentRequest,
} from './plans.ts';
import { resendBody, resendPlanLine } from './resend.ts';
import { produceManyBody, sendingLine } from './sending.ts';
import { setSerdesBody, topicSerdes } from './serdes.ts';
import { messageStatisticsBody, statisticsLine } from './statistics.ts';
import {
  addPartitionsBody,
  alterConfigsBody,
  createTopicBody,
  topicDetail,
  topicGroupList,
  topicPage,
  topicQuery,
  topicRow,
} from './topics.ts';

const inCluster = z.object({ cluster: clusterId });
const ofTopic = inCluster.extend({ topic: topicName });
const ofBroker = inCluster.extend({ broker: brokerId });
const ofGroup = inCluster.extend({ group: groupId });
const done = z.object({ ok: z.literal(true) });

/** Every endpoint there is: the server validates by it, the UI is typed by it, OpenAPI is made of it. */
export const endpoints = {
  getHealth: endpoint({
    ...addresses.getHealth,
    tag: 'Kafdeck',
    summary: 'Whether the console serves, and how its clusters are',
    answer: health,
    access: 'public',
  }),
  listClusters: endpoint({
    ...addresses.listClusters,
    tag: 'Clusters',
    summary: 'Clusters the console is configured for',
    answer: clusterList,
  }),
  getOverview: endpoint({
    ...addresses.getOverview,
    tag: 'Clusters',
    summary: 'Health and size of a cluster, with its brokers',
    params: inCluster,
    answer: overview,
  }),
  listBrokers: endpoint({
    ...addresses.listBrokers,
    tag: 'Brokers',
    summary: 'Brokers with leaders, replicas and sizes',
    params: inCluster,
    answer: brokerList,
  }),
  getBroker: endpoint({
    ...addresses.getBroker,
    tag: 'Brokers',
    summary: 'One broker with its configuration and log directories',
    params: ofBroker,
    answer: brokerDetail,
  }),
  listBrokerPartitions: endpoint({
    ...addresses.listBrokerPartitions,
    tag: 'Brokers',
    summary: 'Replicas that a broker holds',
    params: ofBroker,
    query: paging,
    answer: brokerPartitionPage,
  }),
  alterBrokerConfigs: endpoint({
    ...addresses.alterBrokerConfigs,
    tag: 'Brokers',
    summary: 'Set or unset dynamic configs of one broker',
    params: ofBroker,
    body: alterBrokerConfigsBody,
    answer: done,
  }),
  listTopics: endpoint({
    ...addresses.listTopics,
    tag: 'Topics',
    summary: 'Topics, filtered, sorted and paged on the server',
    params: inCluster,
    query: topicQuery,
    answer: topicPage,
  }),
  createTopic: endpoint({
    ...addresses.createTopic,
    tag: 'Topics',
    summary: 'Create a topic',
    params: inCluster,
    body: createTopicBody,
    answer: topicRow.pick({ name: true, topicId: true, partitionCount: true, replicationFactor: true }),
    status: 201,
  }),
  getTopic: endpoint({
    ...addresses.getTopic,
    tag: 'Topics',
    summary: 'One topic with its partitions and their spread over brokers',
    params: ofTopic,
    answer: topicDetail,
  }),
  deleteTopic: endpoint({
    ...addresses.deleteTopic,
    tag: 'Topics',
    summary: 'Delete a topic and all its messages',
    params: ofTopic,
    answer: done,
  }),
  addPartitions: endpoint({
    ...addresses.addPartitions,
    tag: 'Topics',
    summary: 'Add partitions to a topic; they can never be taken away again',
    params: ofTopic,
    body: addPartitionsBody,
    answer: done,
  }),
  getTopicConfigs: endpoint({
    ...addresses.getTopicConfigs,
    tag: 'Topics',
    summary: 'Configuration of a topic with sources and documentation',
    params: ofTopic,
    answer: configList,
  }),
  alterTopicConfigs: endpoint({
    ...addresses.alterTopicConfigs,
    tag: 'Topics',
    summary: 'Set or unset configs of a topic',
    params: ofTopic,
    body: alterConfigsBody,
    answer: done,
  }),
  getTopicSerdes: endpoint({
    ...addresses.getTopicSerdes,
    tag: 'Messages',
    summary: 'How keys and values of a topic are read, why, and the fields of some messages',
    params: ofTopic,
    answer: topicSerdes,
  }),
  setTopicSerdes: endpoint({
    ...addresses.setTopicSerdes,
    tag: 'Messages',
    summary: 'Choose how keys and values of a topic are read, for everybody',
    params: ofTopic,
    body: setSerdesBody,
    answer: topicSerdes,
    access: 'write',
  }),
  listTopicGroups: endpoint({
    ...addresses.listTopicGroups,
    tag: 'Topics',
    summary: 'Groups that consume a topic',
    params: ofTopic,
    answer: topicGroupList,
  }),
  readMessages: endpoint({
    ...addresses.readMessages,
    tag: 'Messages',
    summary: 'Read or search messages as a stream of JSON lines',
    params: ofTopic,
    query: messageQuery,
    answer: messageLine,
    form: 'ndjson',
  }),
  searchMessages: endpoint({
    ...addresses.searchMessages,
    tag: 'Messages',
    summary: 'Search several topics at once, as a stream of JSON lines',
    params: inCluster,
    body: messageSearchBody,
    answer: messageLine,
    form: 'ndjson',
    access: 'read',
  }),
  messageStatistics: endpoint({
    ...addresses.messageStatistics,
    tag: 'Messages',
    summary: 'What messages are like as a whole, of a sample or of all, as a stream of JSON lines',
    params: inCluster,
    body: messageStatisticsBody,
    answer: statisticsLine,
    form: 'ndjson',
    access: 'read',
  }),
  produceMessage: endpoint({
    ...addresses.produceMessage,
    tag: 'Messages',
    summary: 'Produce one message',
    params: ofTopic,
    body: produceBody,
    answer: produced,
    status: 201,
    access: 'write',
  }),
  produceMany: endpoint({
    ...addresses.produceMany,
    tag: 'Messages',
    summary: 'Produce a series of messages made of a template, as fast as wanted',
    params: ofTopic,
    body: produceManyBody,
    answer: sendingLine,
    form: 'ndjson',
    access: 'write',
  }),
  exportMessages: endpoint({
    ...addresses.exportMessages,
    tag: 'Messages',
    summary: 'Download messages as lines of JSON, as CSV or as text, without a limit',
    params: ofTopic,
    query: exportQuery,
    answer: exportedMessage,
    form: 'download',
    media: ['application/x-ndjson', 'text/csv', 'text/plain'],
  }),
  importMessages: endpoint({
    ...addresses.importMessages,
    tag: 'Messages',
    summary: 'Produce messages from lines of JSON, as an export has them',
    params: ofTopic,
    query: importQuery,
    body: importedMessage,
    bodyForm: 'ndjson',
    answer: importLine,
    form: 'ndjson',
    access: 'write',
  }),
  deleteRecords: endpoint({
    ...addresses.deleteRecords,
    tag: 'Messages',
    summary: 'Delete the oldest records of partitions, up to an offset',
    params: ofTopic,
    body: deleteRecordsBody,
    answer: deletedRecords,
  }),
  previewResend: endpoint({
    ...addresses.previewResend,
    tag: 'Messages',
    summary: 'What sending messages again will do; nothing is sent',
    params: inCluster,
    body: resendBody,
    answer: resendPlanLine,
    form: 'ndjson',
    access: 'read',
  }),
  resendMessages: endpoint({
    ...addresses.resendMessages,
    tag: 'Messages',
    summary: 'Send messages again, to any topic of any cluster',
    params: inCluster,
    body: resendBody,
    answer: sendingLine,
    form: 'ndjson',
    access: 'write',
  }),
  listGroups: endpoint({
    ...addresses.listGroups,
    tag: 'Groups',
    summary: 'Groups with state, members and lag',
    params: inCluster,
    query: groupQuery,
    answer: groupPage,
  }),
  getGroup: endpoint({
    ...addresses.getGroup,
    tag: 'Groups',
    summary: 'One group with its members and lag by partition',
    params: ofGroup,
    answer: groupDetail,
  }),
  previewPlan: endpoint({
    ...addresses.previewPlan,
    tag: 'Changes',
    summary: 'What a change will do; nothing is changed',
    params: inCluster,
    body: planRequest,
    answer: plan,
    access: 'read',
  }),
  previewReassignment: endpoint({
    ...addresses.previewReassignment,
    tag: 'Changes',
    summary: 'Generate or check a reassignment; nothing is changed',
    params: inCluster,
    body: reassignmentRequest,
    answer: plan,
    access: 'read',
  }),
  listReassignments: endpoint({
    ...addresses.listReassignments,
    tag: 'Changes',
    summary: 'Reassignments under way, with progress',
    params: inCluster,
    answer: reassignmentList,
  }),
  alterReassignments: endpoint({
    ...addresses.alterReassignments,
    tag: 'Changes',
    summary: 'Start or cancel reassignments',
    params: inCluster,
    body: reassignmentBody,
    answer: itemResults,
    status: 202,
  }),
  electLeaders: endpoint({
    ...addresses.electLeaders,
    tag: 'Changes',
    summary: 'Elect preferred leaders',
    params: inCluster,
    body: electionBody,
    answer: itemResults,
  }),
  getEmbedded: endpoint({
    ...addresses.getEmbedded,
    tag: 'Embedded cluster',
    summary: 'State of the embedded cluster and its brokers',
    params: inCluster,
    answer: embedded,
  }),
  stopEmbeddedBroker: endpoint({
    ...addresses.stopEmbeddedBroker,
    tag: 'Embedded cluster',
    summary: 'Stop a broker of the embedded cluster',
    params: ofBroker,
    body: stopBrokerBody,
    answer: embedded,
  }),
  startEmbeddedBroker: endpoint({
    ...addresses.startEmbeddedBroker,
    tag: 'Embedded cluster',
    summary: 'Start a stopped broker of the embedded cluster',
    params: ofBroker,
    answer: embedded,
  }),
  setSampleData: endpoint({
    ...addresses.setSampleData,
    tag: 'Embedded cluster',
    summary: 'Switch the sample data on or off',
    params: inCluster,
    body: sampleDataBody,
    answer: embedded,
  }),
} as const;

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;
