import { z } from 'zod';
import { overviewBroker } from './clusters.ts';
import { configChanges, configEntry } from './configs.ts';
import { readMeta } from './problem.ts';

export const logDir = z
  .object({
    path: z.string(),
    error: z.string().nullable(),
    totalBytes: z.number().nullable().describe('Size of the volume (DescribeLogDirs v4, KIP-827)'),
    usableBytes: z.number().nullable(),
    replicaCount: z.int(),
    sizeBytes: z.number().describe('Sum of the replicas in it'),
  })
  .meta({ id: 'LogDir' });

export const brokerRow = overviewBroker
  .extend({
    sizeBytes: z.number().nullable().describe('Sum of its replicas on disk; null when not known'),
    embeddedState: z
      .enum(['running', 'starting', 'stopping', 'stopped'])
      .nullable()
      .describe('For brokers of the embedded cluster'),
  })
  .meta({ id: 'BrokerRow' });
export type BrokerRow = z.infer<typeof brokerRow>;

export const brokerList = readMeta.extend({ items: z.array(brokerRow) }).meta({ id: 'BrokerList' });
export type BrokerList = z.infer<typeof brokerList>;

export const brokerPartition = z.object({
  topic: z.string(),
  partition: z.int(),
  isLeader: z.boolean(),
  isPreferredLeader: z.boolean().describe('It is the first of the replicas'),
  isInSync: z.boolean(),
  sizeBytes: z.number().nullable(),
  offsetLag: z.number().nullable().describe('Records behind, as the log dir tells (DescribeLogDirs)'),
});

export const brokerDetail = readMeta
  .extend({
    broker: brokerRow,
    configs: z
      .array(configEntry)
      .nullable()
      .describe('Null when they could not be read; `problems` says why'),
    logDirs: z.array(logDir).nullable(),
    partitionCount: z.int(),
  })
  .meta({ id: 'BrokerDetail' });
export type BrokerDetail = z.infer<typeof brokerDetail>;

export const brokerPartitionPage = readMeta
  .extend({ items: z.array(brokerPartition), total: z.int(), nextCursor: z.string().nullable() })
  .meta({ id: 'BrokerPartitionPage' });
export type BrokerPartitionPage = z.infer<typeof brokerPartitionPage>;

export const alterBrokerConfigsBody = z.object({
  changes: configChanges.refine((changes) => Object.keys(changes).length > 0, 'Name at least one config'),
  validateOnly: z.boolean().default(false),
});
export type AlterBrokerConfigsBody = z.infer<typeof alterBrokerConfigsBody>;
