import { z } from 'zod';
import { readMeta } from './problem.ts';

export const clusterSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['embedded', 'external']),
    bootstrapServers: z.array(z.string()),
    security: z
      .object({
        tls: z.boolean(),
        clientCertificate: z.boolean(),
        mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512', 'oauthbearer']).nullable(),
      })
      .nullable()
      .describe('How its brokers want to be connected to; null where connections are plain'),
    status: z.enum(['connecting', 'ok', 'degraded', 'unreachable']),
    sampleData: z.boolean().describe('True while the embedded cluster is being fed with sample data'),
  })
  .meta({ id: 'ClusterSummary' });
export type ClusterSummary = z.infer<typeof clusterSummary>;

export const clusterList = z.object({ items: z.array(clusterSummary) });
export type ClusterList = z.infer<typeof clusterList>;

export const overviewBroker = z
  .object({
    id: z.int(),
    host: z.string(),
    port: z.int(),
    rack: z.string().nullable(),
    isController: z.boolean(),
    isAlive: z.boolean().describe('False for a broker that replicas name but that is not in the metadata'),
    leaderCount: z.int(),
    leaderPercent: z.number().describe('Partitions led by it, % of all partitions'),
    replicaCount: z.int(),
    preferredLeaderCount: z.int().describe('Partitions whose preferred leader it is'),
    underReplicatedCount: z.int().describe('Partitions it should hold a replica of but is not in sync for'),
  })
  .meta({ id: 'OverviewBroker' });
export type OverviewBroker = z.infer<typeof overviewBroker>;

export const overview = readMeta
  .extend({
    clusterId: z.string().nullable(),
    bootstrapServers: z.array(z.string()),
    controllerId: z
      .int()
      .nullable()
      .describe("KRaft: the quorum's leader (DescribeQuorum); ZooKeeper: as Metadata says"),
    mode: z.enum(['kraft', 'zookeeper', 'unknown']),
    kafkaVersion: z
      .string()
      .nullable()
      .describe('The release whose API versions the brokers offer, e.g. `4.3`'),
    brokerCount: z.int(),
    topicCount: z.int().describe('All topics, internal ones included'),
    internalTopicCount: z.int(),
    partitionCount: z.int(),
    preferredLeaderPercent: z
      .number()
      .describe('Partitions led by the first of their replicas / partitions × 100'),
    underReplicatedPartitionCount: z.int().describe('Partitions whose ISR is smaller than their replicas'),
    underMinIsrPartitionCount: z
      .int()
      .nullable()
      .describe('Partitions whose ISR is smaller than min.insync.replicas; null while configs are unknown'),
    atMinIsrPartitionCount: z.int().nullable(),
    offlinePartitionCount: z.int().describe('Partitions with no leader'),
    reassigningPartitionCount: z.int().nullable(),
    groupCount: z.int().nullable(),
    brokers: z.array(overviewBroker),
  })
  .meta({ id: 'Overview' });
export type Overview = z.infer<typeof overview>;

export const health = z
  .object({
    status: z.enum(['ok', 'degraded']),
    version: z.string(),
    uptimeSeconds: z.number(),
    clusters: z.array(clusterSummary.pick({ id: true, status: true })),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof health>;
