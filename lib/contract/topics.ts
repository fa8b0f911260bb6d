import { z } from 'zod';
import { configChanges } from './configs.ts';
import { brokerId, flag, paging, topicName } from './names.ts';
import { readMeta } from './problem.ts';

export const topicSort = z.enum([
  'name',
  'partitionCount',
  'replicationFactor',
  'preferredLeaderPercent',
  'underReplicatedPartitionCount',
  'customConfigCount',
]);

export const topicQuery = paging.extend({
  sort: topicSort.default('name'),
  internal: flag.describe('Include internal topics'),
  health: z.enum(['all', 'under-replicated', 'offline', 'not-preferred']).default('all'),
});
export type TopicQuery = z.infer<typeof topicQuery>;

export const topicRow = z
  .object({
    name: z.string(),
    topicId: z
      .string()
      .nullable()
      .describe('URL-safe base64 of the 16-byte id (KIP-516); null before Kafka 2.8'),
    partitionCount: z.int(),
    replicationFactor: z.int().describe('Replicas of partition 0'),
    preferredLeaderPercent: z.number(),
    underReplicatedPartitionCount: z.int(),
    offlinePartitionCount: z.int(),
    customConfigCount: z.int().nullable().describe('Configs set on the topic itself; null while not known'),
    isInternal: z.boolean(),
  })
  .meta({ id: 'TopicRow' });
export type TopicRow = z.infer<typeof topicRow>;

export const topicPage = readMeta
  .extend({ items: z.array(topicRow), total: z.int(), nextCursor: z.string().nullable() })
  .meta({ id: 'TopicPage' });
export type TopicPage = z.infer<typeof topicPage>;

export const topicPartition = z
  .object({
    partition: z.int(),
    leader: z.int().nullable(),
    leaderEpoch: z.int().nullable(),
    replicas: z.array(z.int()),
    isr: z.array(z.int()),
    offlineReplicas: z.array(z.int()),
    addingReplicas: z.array(z.int()),
    removingReplicas: z.array(z.int()),
    isPreferredLeader: z.boolean().describe('Its leader is the first of its replicas'),
    isUnderReplicated: z.boolean(),
    logStartOffset: z.number().nullable(),
    logEndOffset: z.number().nullable().describe('High watermark as a consumer sees it: ListOffsets latest'),
    sizeBytes: z.number().nullable().describe("The leader replica's size on disk"),
  })
  .meta({ id: 'TopicPartition' });
export type TopicPartition = z.infer<typeof topicPartition>;

export const topicBroker = z
  .object({
    broker: z.int(),
    isAlive: z.boolean(),
    partitionCount: z.int().describe("The topic's replicas on it"),
    leaderCount: z.int(),
    isSkewed: z.boolean().describe('More replicas than ceil(P / brokers holding it × R)'),
    isLeaderSkewed: z.boolean().describe('More leaders than ceil(P / brokers holding it)'),
    partitions: z.array(z.int()),
    leads: z.array(z.int()),
  })
  .meta({ id: 'TopicBroker' });

export const topicDetail = readMeta
  .extend(topicRow.shape)
  .extend({
    underReplicatedPercent: z.number(),
    brokersSpreadPercent: z.number().describe('Brokers alive that hold the topic / brokers alive × 100'),
    brokersSkewPercent: z.number(),
    brokersLeaderSkewPercent: z.number(),
    brokersForTopic: z.int().describe('Brokers holding a replica, those that are down too'),
    brokersTotal: z.int().describe('Brokers alive'),
    offsetSum: z.number().nullable().describe('Sum of log end offsets'),
    messageCount: z.number().nullable().describe('Sum of log end − log start offsets'),
    sizeBytes: z.number().nullable().describe('All replicas together'),
    minInsyncReplicas: z.int().nullable(),
    partitions: z.array(topicPartition),
    brokers: z.array(topicBroker),
  })
  .meta({ id: 'TopicDetail' });
export type TopicDetail = z.infer<typeof topicDetail>;

export const topicGroup = z.object({
  groupId: z.string(),
  state: z.string(),
  memberCount: z.int().nullable(),
  lag: z.number().nullable(),
  partitionCount: z.int().describe('Partitions with a committed offset'),
});
export const topicGroupList = readMeta.extend({ items: z.array(topicGroup) }).meta({ id: 'TopicGroupList' });
export type TopicGroupList = z.infer<typeof topicGroupList>;

export const createTopicBody = z
  .object({
    name: topicName,
    partitionCount: z.int().min(1).max(10000).optional().describe('Absent: the cluster’s default'),
    replicationFactor: z.int().min(1).max(1000).optional().describe('Absent: the cluster’s default'),
    assignment: z
      .array(z.array(brokerId).min(1))
      .optional()
      .describe('Replicas of each partition, instead of the two counts'),
    configs: z.record(z.string().min(1), z.string()).default({}),
    validateOnly: z
      .boolean()
      .default(false)
      .describe('Ask the cluster whether it would accept, change nothing'),
  })
  .refine(
    (body) => !body.assignment || (body.partitionCount === undefined && body.replicationFactor === undefined),
    {
      message: 'Give either an assignment or counts, not both',
      path: ['assignment'],
    },
  );
export type CreateTopicBody = z.infer<typeof createTopicBody>;

export const addPartitionsBody = z.object({
  count: z.int().min(1).max(10000).describe('Partitions in all, after the change'),
  assignment: z.array(z.array(brokerId).min(1)).optional().describe('Replicas of each new partition'),
  validateOnly: z.boolean().default(false),
});
export type AddPartitionsBody = z.infer<typeof addPartitionsBody>;

export const alterConfigsBody = z.object({
  changes: configChanges.refine((changes) => Object.keys(changes).length > 0, 'Name at least one config'),
  validateOnly: z.boolean().default(false),
});
export type AlterConfigsBody = z.infer<typeof alterConfigsBody>;
