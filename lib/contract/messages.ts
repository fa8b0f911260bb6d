import { z } from 'zod';
import { partialProblem } from './problem.ts';

/** Bytes of a key, value or header: text where it is valid UTF-8, base64 otherwise. */
export const payload = z
  .object({
    encoding: z.enum(['utf8', 'base64']),
    data: z.string(),
    size: z.int().describe('Bytes in the record, also when `data` is cut'),
    isTruncated: z.boolean(),
  })
  .meta({ id: 'Payload' });
export type Payload = z.infer<typeof payload>;

export const messageFrom = z
  .string()
  .regex(
    /^(earliest|latest|offset:-?\d{1,19}|offsets:\d{1,10}=\d{1,19}(,\d{1,10}=\d{1,19})*|timestamp:.{1,40})$/,
    'Use earliest, latest, offset:N, offsets:0=N,1=N or timestamp:2026-01-31T12:00:00Z',
  )
  .describe(
    '`offsets:` starts each named partition at its own offset and reads no other: how to go on from `nextFrom`',
  );

export const messageQuery = z.object({
  partition: z.coerce.number().int().min(0).max(2147483647).optional().describe('Absent: all partitions'),
  from: messageFrom
    .default('latest')
    .describe('`latest` gives the newest `limit` messages; the others go forward from there'),
  limit: z.coerce.number().int().min(1).max(10000).default(100),
  follow: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('Keep the stream open and send messages as they arrive'),
  maxBytes: z.coerce
    .number()
    .int()
    .min(0)
    .max(16777216)
    .default(65536)
    .describe('Longer keys and values are cut to this size'),
});
export type MessageQuery = z.infer<typeof messageQuery>;

export const message = z
  .object({
    type: z.literal('message'),
    partition: z.int(),
    offset: z.number(),
    timestamp: z.iso.datetime().nullable(),
    timestampType: z.enum(['create-time', 'log-append-time', 'none']),
    key: payload.nullable(),
    value: payload.nullable().describe('Null: a tombstone'),
    headers: z.array(z.object({ key: z.string(), value: payload.nullable() })),
    compression: z.enum(['none', 'gzip', 'snappy', 'lz4', 'zstd']),
    isTransactional: z.boolean(),
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof message>;

export const messageProgress = z.object({
  type: z.literal('progress'),
  scanned: z.int(),
  sent: z.int(),
  partitions: z.array(
    z.object({
      partition: z.int(),
      position: z.number(),
      logStartOffset: z.number(),
      logEndOffset: z.number(),
    }),
  ),
  problems: z
    .array(partialProblem)
    .optional()
    .describe('What cannot be read at the moment; absent when nothing is missing'),
});
export type MessageProgress = z.infer<typeof messageProgress>;

export const messageEnd = z.object({
  type: z.literal('end'),
  reason: z.enum(['limit', 'end-of-log', 'cancelled', 'failed']),
  sent: z.int(),
  nextFrom: z.record(z.string(), z.number()).describe('By partition, the offset to go on from'),
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

export const produceBody = z.object({
  partition: z
    .int()
    .min(0)
    .max(2147483647)
    .optional()
    .describe('Absent: by the key, as Kafka’s default partitioner does'),
  key: outgoing.nullable().default(null),
  value: outgoing.nullable().default(null).describe('Null: a tombstone'),
  headers: z
    .array(z.object({ key: z.string().max(32767), value: outgoing.nullable() }))
    .max(1000)
    .default([]),
  timestamp: z.iso.datetime().optional(),
});
export type ProduceBody = z.infer<typeof produceBody>;

export const produced = z.object({ partition: z.int(), offset: z.number(), timestamp: z.iso.datetime() });
export type Produced = z.infer<typeof produced>;
