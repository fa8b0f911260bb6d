import { z } from 'zod';
import { messageSearchBody } from './message-query.ts';
import { message, messageEnd, messageProgress } from './messages.ts';
import { topicName } from './names.ts';
import { partialProblem } from './problem.ts';
import { seenField } from './serdes.ts';

/** What is asked of messages of some topics as a whole: the tests and bounds of a search. */
export const messageStatisticsBody = messageSearchBody
  .omit({ order: true, limit: true, control: true, maxBytes: true, follow: true })
  .extend({
    from: messageSearchBody.shape.from
      .removeDefault()
      .default('earliest')
      .describe('As of a search; `latest` is the whole log, which is what the newest are read back through'),
    sample: z
      .int()
      .min(1)
      .max(100_000_000)
      .nullable()
      .default(100_000)
      .describe(
        'Records that are looked at, at most, spread evenly over what is asked for; null: all, however many',
      ),
    buckets: z
      .int()
      .min(20)
      .max(200)
      .default(60)
      .describe('Spans of time that messages are counted by, at most'),
  })
  .meta({ id: 'MessageStatisticsQuery' });
export type MessageStatisticsBody = z.output<typeof messageStatisticsBody>;

const place = z.object({
  topic: topicName.describe('Where the message is'),
  partition: z.int(),
  offset: z.number(),
});

const coverage = z
  .object({
    isWhole: z.boolean().describe('Every offset that was asked for was looked at: what is counted is exact'),
    offsets: z
      .number()
      .describe('Offsets that were asked for; compaction may have left some without records'),
    offsetsLookedAt: z.number().describe('Of those, the ones that were looked at'),
    windows: z
      .int()
      .describe(
        'Into how many windows, evenly spaced over every partition, the sample is divided; 0: no sample',
      ),
    estimatedMatched: z
      .number()
      .nullable()
      .describe(
        'Matching messages in all that was asked for, if the rest is like what was looked at; null: nothing was',
      ),
  })
  .describe('How much of what was asked for the figures are of');

const timeline = z
  .object({
    bucketMs: z
      .number()
      .describe('Width of a bucket, a round span of time; buckets begin at multiples of it, in UTC'),
    buckets: z.array(
      z.object({
        start: z.iso.datetime(),
        matched: z
          .number()
          .describe('Matching messages of the time from `start` to before the next bucket’s'),
        perSecond: z.number().describe('Messages a second; an estimate where a sample was looked at'),
      }),
    ),
    partitions: z
      .array(
        z.object({
          topic: topicName,
          partition: z.int(),
          matched: z.array(z.number()).describe('One for each bucket'),
        }),
      )
      .nullable()
      .describe('The same by partition; null where there are more partitions than can be told apart'),
    earlier: z
      .number()
      .describe('Messages of times so long before the others that they would make the buckets useless'),
    later: z.number().describe('The same of times long after the others'),
    withoutTime: z.number().describe('Messages without a time, or with one that is none'),
  })
  .describe('When messages were written, by their timestamps');

const partition = z.object({
  topic: topicName,
  partition: z.int(),
  matched: z.number(),
  bytes: z.number().describe('Bytes of keys and values of those'),
  first: z
    .object({ offset: z.number(), timestamp: z.iso.datetime().nullable() })
    .nullable()
    .describe('The first matching message that was looked at; null: none was'),
  last: z.object({ offset: z.number(), timestamp: z.iso.datetime().nullable() }).nullable(),
});

const sizes = z.object({
  count: z.number().describe('Those that are not null'),
  bytes: z.number(),
  min: z.number().nullable().describe('Null where there are none'),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  p50: z.number().nullable().describe('Half are no larger; estimated within `relativeError`'),
  p90: z.number().nullable(),
  p99: z.number().nullable(),
  relativeError: z.number().describe('Of percentiles (DDSketch)'),
  powersOfTwo: z
    .array(z.object({ from: z.number(), to: z.number().describe('Exclusive'), count: z.number() }))
    .describe('Counts by size: 0, 1, 2–3, 4–7 …; from the first to the last that has any'),
});

const counted = z.object({
  count: z.number().describe('Never too low'),
  error: z.number().describe('By how much `count` may be too high; 0: it is exact'),
});

const keys = z.object({
  nulls: z.number().describe('Messages without a key'),
  hidden: z.number().describe('Messages whose key a masking rule hides: it is not among the others'),
  distinct: z.object({
    estimate: z.number(),
    isExact: z.boolean(),
    relativeError: z.number().describe('Standard error of the estimate (HyperLogLog); 0 where it is exact'),
  }),
  top: z
    .array(
      counted.extend({
        key: z.string().describe('As it is shown; cut where it is long'),
        isTruncated: z.boolean(),
      }),
    )
    .describe('The most frequent ones, most frequent first (Space-Saving)'),
});

const duplicates = z.object({
  count: z.number().describe('Messages with the same key and value as one before, in what was looked at'),
  contents: z.number().describe('How many different keys and values come more than once'),
  isExact: z.boolean(),
  standardError: z
    .number()
    .describe(
      'Of `count`, where so many different messages were seen that only a part of them was remembered',
    ),
  examples: z
    .array(
      z.object({
        times: z.number().describe('How often it comes'),
        first: place.describe('In the order of topics, partitions and offsets'),
        last: place,
      }),
    )
    .describe('Those that come most often'),
});

const field = seenField.omit({ seenIn: true, examples: true }).extend({
  matched: z.number().describe('Messages that have it'),
  share: z.number().describe('Of the messages that could be read, from 0 to 1'),
  isMasked: z.boolean().describe('A masking rule hides it: no value of it is told'),
  examples: z.array(z.string()).describe('Different values, short'),
  areExamplesAll: z.boolean().describe('No other value was seen'),
  numbers: z
    .object({ min: z.string(), max: z.string() })
    .nullable()
    .describe(
      'The smallest and the largest number, as they are written; null: there was none, or it is masked',
    ),
});

export const messageStatistics = z
  .object({
    partial: z
      .boolean()
      .describe('More is still to be looked at, or was not, as the stream was cancelled or failed'),
    coverage,
    matched: z.number(),
    bytes: z.number().describe('Bytes of keys and values of those'),
    tombstones: z.number().describe('Messages without a value'),
    timeline,
    partitions: z.array(partition),
    morePartitions: z
      .int()
      .describe('Partitions that are left out of `partitions`: those with the fewest messages'),
    keySizes: sizes,
    valueSizes: sizes,
    keys,
    duplicates,
    fields: z.array(field).describe('In keys, values and headers, in the order of their paths'),
    moreFields: z
      .object({ isCut: z.boolean(), error: z.number() })
      .describe('Whether rarer fields are left out; counts of those told may be too low by `error`'),
    unreadable: z.number().describe('Messages whose value could not be read for its fields'),
    compression: z.array(z.object({ type: message.shape.compression, matched: z.number() })),
    transactions: z.object({
      committed: z.number(),
      aborted: z.number(),
      open: z.number(),
      unknown: z.number().describe('Written in a transaction of which it is not known how it ended'),
    }),
    headers: z
      .array(counted.extend({ name: z.string(), isTruncated: z.boolean() }))
      .describe('Names of headers by how many messages have them, most frequent first'),
  })
  .meta({ id: 'MessageStatistics' });
export type MessageStatistics = z.infer<typeof messageStatistics>;

export const statisticsProgress = messageProgress.omit({ sent: true }).extend({
  statistics: messageStatistics.describe('Of what was looked at so far'),
});
export type StatisticsProgress = z.infer<typeof statisticsProgress>;

export const statisticsEnd = z.object({
  type: z.literal('end'),
  reason: z
    .enum(['end-of-log', 'sample', 'cancelled', 'failed'])
    .describe('`sample`: as many were looked at as were asked for; `end-of-log`: all were'),
  scanned: z.int(),
  matched: z.int(),
  unevaluated: messageEnd.shape.unevaluated,
  statistics: messageStatistics.optional().describe('Absent where the stream broke'),
  problems: z.array(partialProblem),
});
export type StatisticsEnd = z.infer<typeof statisticsEnd>;

/** One line of the NDJSON stream. */
export const statisticsLine = z
  .discriminatedUnion('type', [statisticsProgress, statisticsEnd])
  .meta({ id: 'StatisticsLine' });
export type StatisticsLine = z.infer<typeof statisticsLine>;
