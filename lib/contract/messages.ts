import { z } from 'zod';
import { topicName } from './names.ts';
import { partialProblem } from './problem.ts';
import { serdeName } from './serdes.ts';
import { wording } from './wording.ts';

/** What a serde made of bytes. */
const decoded = z.object({
  serde: serdeName,
  format: z.enum(['text', 'json']).describe('How `text` is meant: `json` has every number as it was written'),
  text: z
    .string()
    .nullable()
    .describe('Null where `data` is that text already, and where it could not be read'),
  isTruncated: z.boolean().describe('`text` is cut'),
  isMasked: z.boolean().describe('A rule has hidden parts; `data` has them neither'),
  schema: z
    .object({ id: z.int().nullable(), type: z.string(), name: z.string() })
    .nullable()
    .describe('What it was read with, where that is a schema; `id` is that of the registry'),
  problem: wording.nullable().describe('Why it could not be read, where it could not'),
});

/** Bytes of a key, value or header: text where it is valid UTF-8, base64 otherwise. */
export const payload = z
  .object({
    encoding: z.enum(['utf8', 'base64']),
    data: z.string(),
    size: z.int().describe('Bytes in the record, also when `data` is cut'),
    isTruncated: z.boolean(),
    decoded: decoded.optional().describe('Absent in headers, and where nothing was to be decoded'),
  })
  .meta({ id: 'Payload' });
export type Payload = z.infer<typeof payload>;

export const message = z
  .object({
    type: z.literal('message'),
    topic: topicName.optional().describe('Where several are read'),
    partition: z.int(),
    offset: z.number(),
    timestamp: z.iso.datetime().nullable(),
    timestampType: z.enum(['create-time', 'log-append-time', 'none']),
    key: payload.nullable(),
    value: payload.nullable().describe('Null: a tombstone'),
    headers: z.array(z.object({ key: z.string(), value: payload.nullable() })),
    compression: z.enum(['none', 'gzip', 'snappy', 'lz4', 'zstd']),
    isTransactional: z.boolean(),
    transaction: z
      .enum(['committed', 'aborted', 'open'])
      .optional()
      .describe('How its transaction ended; absent outside transactions and where that is not known'),
    control: z
      .object({ type: z.string(), text: z.string() })
      .optional()
      .describe(
        'Present in a control record: `commit`, `abort` and what else Kafka writes, and what it says',
      ),
    size: z.int().describe('Bytes of the record in its batch, before compression'),
    producerId: z.number().optional().describe('Absent without an idempotent producer'),
    producerEpoch: z.int().optional(),
    leaderEpoch: z.int().optional().describe('Of the leader that appended it'),
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof message>;

const unevaluated = z
  .object({ count: z.int(), detail: wording.describe('How many, and why the first one') })
  .optional()
  .describe(
    'Messages that the filter could not be asked about, and that therefore do not match; absent where all could',
  );

export const messageProgress = z.object({
  type: z.literal('progress'),
  scanned: z.int().describe('Records looked at'),
  matched: z.int().describe('Of those, the ones that are wanted'),
  sent: z.int(),
  bytes: z.number().describe('Bytes that brokers sent, compressed as they are'),
  elapsedMs: z.int(),
  remaining: z.number().nullable().describe('Offsets still to be looked at; null while following'),
  partitions: z.array(
    z.object({
      topic: topicName.optional().describe('Where several are read'),
      partition: z.int(),
      position: z.number().describe('The next offset to be read; read backwards, how far back that is done'),
      remaining: z.number().nullable(),
      logStartOffset: z.number(),
      logEndOffset: z.number(),
    }),
  ),
  unevaluated,
  problems: z
    .array(partialProblem)
    .optional()
    .describe('What cannot be read at the moment; absent when nothing is missing'),
});
export type MessageProgress = z.infer<typeof messageProgress>;

export const messageEnd = z.object({
  type: z.literal('end'),
  reason: z.enum(['limit', 'end-of-log', 'cancelled', 'failed']),
  scanned: z.int(),
  matched: z.int(),
  sent: z.int(),
  nextFrom: z.record(z.string(), z.number()).describe('By partition, the offset to go on from'),
  nextUntil: z
    .record(z.string(), z.number())
    .optional()
    .describe('After reading the newest first: by partition, the `until` to go on backwards from'),
  next: z
    .record(topicName, z.record(z.string(), z.number()))
    .optional()
    .describe(
      'Where several topics were read: by topic and partition, the `from` or, newest first, the `until` to go on with',
    ),
  unevaluated,
  problems: z.array(partialProblem),
});
export type MessageEnd = z.infer<typeof messageEnd>;

/** One line of the NDJSON stream. */
export const messageLine = z
  .discriminatedUnion('type', [message, messageProgress, messageEnd])
  .meta({ id: 'MessageLine' });
export type MessageLine = z.infer<typeof messageLine>;

const outgoing = z.object({
  encoding: z.enum(['utf8', 'base64']).default('utf8'),
  data: z.string().max(16777216),
});

/** What a key or value is to be: bytes, or what a serde writes. */
const outgoingPart = outgoing.extend({
  serde: serdeName
    .optional()
    .describe(
      'Absent: `data` are the bytes, in `encoding`. Otherwise it is text as a person types it, e.g. JSON for `avro`, and `encoding` says nothing',
    ),
  schema: z
    .object({
      id: z.int().min(1).max(2147483647).nullish(),
      name: z.string().max(1000).nullish(),
    })
    .optional()
    .describe(
      'Of the registry, for `avro`, `protobuf` and `json-schema`; absent: the newest of the subject `<topic>-key` or `<topic>-value`. `name` is that of a message type in a Protobuf schema, absent: the first',
    ),
});

export const produceBody = z.object({
  partition: z
    .int()
    .min(0)
    .max(2147483647)
    .optional()
    .describe('Absent: by the key, as Kafka’s default partitioner does'),
  key: outgoingPart.nullable().default(null),
  value: outgoingPart.nullable().default(null).describe('Null: a tombstone'),
  headers: z
    .array(z.object({ key: z.string().max(32767), value: outgoing.nullable() }))
    .max(1000)
    .default([]),
  timestamp: z.iso.datetime().optional(),
});
export type ProduceBody = z.infer<typeof produceBody>;

export const produced = z.object({ partition: z.int(), offset: z.number(), timestamp: z.iso.datetime() });
export type Produced = z.infer<typeof produced>;
