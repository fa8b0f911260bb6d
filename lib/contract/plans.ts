import { z } from 'zod';
import { alterBrokerConfigsBody } from './brokers.ts';
import { deleteRecordsBody, recordDeletion } from './delete-records.ts';
import { brokerId, partitionId, topicName } from './names.ts';
import { readMeta } from './problem.ts';
import { addPartitionsBody, alterConfigsBody, createTopicBody } from './topics.ts';
import { wording } from './wording.ts';

const target = z.object({
  topic: topicName,
  partition: partitionId,
  replicas: z.array(brokerId).min(1).describe('First one is the preferred leader'),
});

/** Either targets by hand, or topics and brokers to generate them over. */
export const reassignmentRequest = z
  .object({
    targets: z.array(target).min(1).max(20000).optional(),
    generate: z
      .object({
        topics: z.array(topicName).min(1).max(10000),
        brokers: z.array(brokerId).min(1).describe('Brokers to spread over'),
        replicationFactor: z.int().min(1).optional().describe('Absent: each topic keeps its own'),
        rackAware: z.boolean().default(true),
        strategy: z
          .enum(['minimal-movement', 'spread-evenly'])
          .default('minimal-movement')
          .describe('Move as little as balance allows, or deal everything out anew'),
      })
      .optional(),
  })
  .refine((body) => (body.targets === undefined) !== (body.generate === undefined), {
    message: 'Give either targets or generate',
    path: ['targets'],
  });
export type ReassignmentRequest = z.infer<typeof reassignmentRequest>;

export const reassignmentBody = z.object({
  targets: z
    .array(
      target.extend({
        replicas: z
          .array(brokerId)
          .min(1)
          .nullable()
          .describe('Null cancels a reassignment that is under way (KIP-455)'),
      }),
    )
    .min(1)
    .max(20000),
});
export type ReassignmentBody = z.infer<typeof reassignmentBody>;

export const partitionMove = z.object({
  topic: z.string(),
  partition: z.int(),
  before: z.array(z.int()),
  after: z.array(z.int()),
  bytesToMove: z
    .number()
    .nullable()
    .describe('Leader’s size × replicas added; null when sizes are not known'),
});
export type PartitionMove = z.infer<typeof partitionMove>;

export const planWarning = z.object({
  code: z.string(),
  detail: wording,
  subject: wording.optional(),
});

export const planChange = z.object({
  subject: wording.describe('What changes, e.g. `topic orders`, `orders: retention.ms`'),
  before: wording.nullable(),
  after: wording.nullable(),
});

export const brokerLoad = z.object({
  broker: z.int(),
  rack: z.string().nullable(),
  replicasBefore: z.int(),
  replicasAfter: z.int(),
  leadersBefore: z.int(),
  leadersAfter: z.int(),
});

/** What a change will do, before it is done. */
export const plan = z
  .object({
    operation: z.string(),
    changes: z.array(planChange),
    warnings: z.array(planWarning),
    commands: z.array(z.string()).describe("The same with Kafka's own command line tools"),
    files: z
      .array(z.object({ name: z.string(), content: z.string() }))
      .describe('Files that the commands read'),
    moves: z.array(partitionMove),
    bytesToMove: z.number().nullable(),
    brokers: z.array(brokerLoad).describe('Empty where replicas do not change'),
    deletions: z.array(recordDeletion).optional().describe('Where records are deleted'),
  })
  .meta({ id: 'Plan' });
export type Plan = z.infer<typeof plan>;

export const reassignmentState = z.object({
  topic: z.string(),
  partition: z.int(),
  replicas: z.array(z.int()).describe('Before, as Kafka keeps it while it moves'),
  addingReplicas: z.array(z.int()),
  removingReplicas: z.array(z.int()),
  isr: z.array(z.int()),
  bytesTotal: z.number().nullable().describe('What the adding replicas must hold in the end'),
  bytesCopied: z.number().nullable(),
});
export type ReassignmentState = z.infer<typeof reassignmentState>;
export const reassignmentList = readMeta
  .extend({ items: z.array(reassignmentState) })
  .meta({ id: 'ReassignmentList' });
export type ReassignmentList = z.infer<typeof reassignmentList>;

export const itemResult = z.object({
  topic: z.string(),
  partition: z.int(),
  ok: z.boolean(),
  error: wording.nullable(),
});
/** One result for each item: a failure of one hides none of the others. */
export const itemResults = z.object({ items: z.array(itemResult) }).meta({ id: 'ItemResults' });
export type ItemResults = z.infer<typeof itemResults>;

export const electionBody = z.object({
  partitions: z
    .array(z.object({ topic: topicName, partition: partitionId }))
    .max(20000)
    .optional()
    .describe('Absent: every partition whose leader is not the preferred one'),
});
export type ElectionBody = z.infer<typeof electionBody>;

/** Any change, to be previewed. The body of each is that of its own endpoint. */
export const planRequest = z.discriminatedUnion('operation', [
  z.object({ operation: z.literal('create-topic'), body: createTopicBody }),
  z.object({ operation: z.literal('delete-topic'), topic: topicName }),
  z.object({ operation: z.literal('add-partitions'), topic: topicName, body: addPartitionsBody }),
  z.object({ operation: z.literal('alter-topic-configs'), topic: topicName, body: alterConfigsBody }),
  z.object({
    operation: z.literal('alter-broker-configs'),
    broker: brokerId,
    body: alterBrokerConfigsBody,
  }),
  z.object({ operation: z.literal('reassign'), body: reassignmentRequest }),
  z.object({ operation: z.literal('elect-leaders'), body: electionBody }),
  z.object({ operation: z.literal('delete-records'), topic: topicName, body: deleteRecordsBody }),
]);
export type PlanRequest = z.input<typeof planRequest>;
