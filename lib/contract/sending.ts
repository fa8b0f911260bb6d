import { z } from 'zod';
import { produceBody } from './messages.ts';
import { topicName } from './names.ts';
import { partialProblem, problemCode } from './problem.ts';
import { wording } from './wording.ts';

export const messageAddress = z.object({
  topic: topicName,
  partition: z.int().min(0).max(2147483647),
  offset: z.number().int().min(0),
});
export type MessageAddress = z.infer<typeof messageAddress>;

/** A message that was not written, or of which that is not known. */
export const sendingFailure = z.object({
  index: z.int().optional().describe('Of a series: its place in it, from 0'),
  line: z.int().optional().describe('Of an import: its line, from 1'),
  source: messageAddress.optional().describe('Where it was read'),
  state: z
    .enum(['refused', 'unsent', 'unknown'])
    .describe('`unsent`: the sending ended before its turn; `unknown`: it may have been written'),
  code: problemCode,
  detail: wording,
});
export type SendingFailure = z.infer<typeof sendingFailure>;

const counts = {
  given: z.int().describe('Messages that were made or read to be sent'),
  acknowledged: z.int().describe('Of those, the ones that all replicas in sync have'),
  refused: z
    .int()
    .describe('Of those, the ones that cannot be sent, or that Kafka takes for no topic of that kind'),
  bytes: z.number().describe('Keys, values and headers of what is acknowledged'),
  elapsedMs: z.int(),
  settledUpTo: z
    .int()
    .describe(
      'How many from the first on are all acknowledged or refused; of an import, the line up to which',
    ),
  scanned: z.int().optional().describe('Records looked at, where messages are searched for'),
};

export const sendingProgress = z.object({
  type: z.literal('progress'),
  id: z.string().describe('Of this sending, to cancel it by: then its last line tells how far it came'),
  ...counts,
  total: z.int().nullable().describe('How many there will be; null where that is not known'),
  remaining: z.number().nullable().optional().describe('Offsets still to be looked at'),
});
export type SendingProgress = z.infer<typeof sendingProgress>;

export const sendingEnd = z.object({
  type: z.literal('end'),
  reason: z
    .enum(['done', 'limit', 'cancelled', 'failed'])
    .describe('`done`: everything was acknowledged or refused'),
  ...counts,
  unsent: z.int(),
  unknown: z.int().describe('Sent, without an answer that says whether they were written'),
  ranges: z
    .array(
      z.object({
        topic: topicName,
        partition: z.int(),
        firstOffset: z.number(),
        lastOffset: z.number(),
        count: z.int().describe('Others may have written between'),
      }),
    )
    .describe('Where the acknowledged messages lie'),
  failures: z.array(sendingFailure).describe('Every message that is not acknowledged'),
  problems: z.array(partialProblem).describe('Why it ended early, and what could not be read'),
  next: z
    .object({
      index: z.int().optional().describe('The first one of a series that was not made'),
      line: z.int().optional().describe('The first line that was not read'),
      request: z.record(z.string(), z.unknown()).optional().describe('The body that asks for the rest'),
    })
    .optional()
    .describe('How to go on; absent when all was given'),
});
export type SendingEnd = z.infer<typeof sendingEnd>;

/** One line of the stream that a sending answers with. */
export const sendingLine = z
  .discriminatedUnion('type', [sendingProgress, sendingEnd])
  .meta({ id: 'SendingLine' });
export type SendingLine = z.infer<typeof sendingLine>;

const COMPRESSIONS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;

/** A series of messages made of one, in whose texts `{{…}}` stands for what differs. */
export const produceManyBody = produceBody
  .extend({
    timestamp: z
      .string()
      .max(200)
      .optional()
      .describe('ISO 8601 or milliseconds, e.g. `{{timestamp -1h 0}}`; absent: when each is made'),
    templates: z.boolean().default(true).describe('False: `{{` is nothing but two braces'),
    count: z.int().min(1).max(100_000_000),
    rate: z
      .number()
      .min(0.01)
      .max(10_000_000)
      .optional()
      .describe('Messages a second; absent: as fast as the cluster takes them'),
    compression: z.enum(COMPRESSIONS).default('none'),
    seed: z
      .string()
      .regex(/^[0-9a-f]{32}$/, 'A seed has 32 hex digits')
      .optional()
      .describe('Of the random values: the same seed makes the same messages'),
    first: z.int().min(0).max(1_000_000_000_000).default(0).describe('Index of the first one: how to go on'),
  })
  .meta({ id: 'ProduceMany' });
export type ProduceManyBody = z.output<typeof produceManyBody>;
