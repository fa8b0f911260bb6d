import { z } from 'zod';
import { topicName } from './names.ts';
import { serdeName } from './serdes.ts';

const TIMESTAMP = 'timestamp:.{1,40}';
const BY_PARTITION = '\\d{1,10}=\\d{1,19}(,\\d{1,10}=\\d{1,19})*';

export const messageFrom = z
  .string()
  .regex(
    new RegExp(`^(earliest|latest|offset:-?\\d{1,19}|offsets:${BY_PARTITION}|${TIMESTAMP})$`),
    'Use earliest, latest, offset:N, offsets:0=N,1=N or timestamp:2026-01-31T12:00:00Z',
  )
  .describe(
    '`offsets:` starts each named partition at its own offset and reads no other: how to go on from `nextFrom`',
  );

export const messageUntil = z
  .string()
  .regex(
    new RegExp(`^(offset:-?\\d{1,19}|offsets:${BY_PARTITION}|${TIMESTAMP})$`),
    'Use offset:N, offsets:0=N,1=N or timestamp:2026-01-31T12:00:00Z',
  )
  .describe(
    'Where reading ends, itself not read; absent: where the logs end when the reading begins. `offsets:` reads no other partition: how to go on backwards from `nextUntil`',
  );

/** `true`/`false` in an address, or a boolean in a body. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/** `0,2,5` in an address, or a list in a body. */
const partitionList = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value.split(',').map((part) => (/^\d{1,10}$/.test(part) ? Number(part) : part))
      : value,
  z
    .array(z.int('Partitions are whole numbers, with commas between').min(0).max(2147483647))
    .min(1)
    .max(100_000),
);

/** Which messages are wanted: all that is said has to be true of one. */
export const messageTests = {
  search: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe('Text that occurs in the key, the value or a header'),
  in: z
    .enum(['any', 'key', 'value', 'headers'])
    .default('any')
    .describe('Where `search` and `regex` are looked for'),
  matchCase: flag.default(false).describe('`search` tells upper and lower case apart'),
  wholeWord: flag.default(false).describe('`search` is not a part of a longer word'),
  regex: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe('A regular expression (ECMAScript, Unicode) that is found in the key, the value or a header'),
  key: z.string().max(65536).optional().describe('The whole key, as it is shown'),
  header: z
    .string()
    .min(1)
    .max(65536)
    .optional()
    .describe('The name of a header, or `name=value` for its value too'),
  filter: z
    .string()
    .min(1)
    .max(8192)
    .optional()
    .describe(
      'A CEL expression over `key`, `value`, `headers`, `topic`, `partition`, `offset`, `timestamp`, `size`, e.g. `value.total > 100`',
    ),
  tombstones: z.enum(['include', 'only', 'exclude']).default('include').describe('Messages without a value'),
  minSize: z.coerce
    .number()
    .int()
    .min(0)
    .max(2147483647)
    .optional()
    .describe('Bytes of key and value together'),
  maxSize: z.coerce
    .number()
    .int()
    .min(0)
    .max(2147483647)
    .optional()
    .describe('Bytes of key and value together'),
};

/** What is read of the topics, and how it is told. */
const reading = {
  partitions: partitionList.optional().describe('Absent: all partitions'),
  from: messageFrom
    .default('latest')
    .describe(
      'Where reading starts. `latest` gives the newest messages, newest first; the others go forward, unless `order` says otherwise',
    ),
  until: messageUntil.optional(),
  order: z
    .enum(['oldest', 'newest'])
    .optional()
    .describe('Which messages come first; absent: `newest` where `from` is `latest`, else `oldest`'),
  limit: z.coerce.number().int().min(1).max(10000).default(100).describe('Messages at most'),
  isolation: z
    .enum(['uncommitted', 'committed'])
    .default('uncommitted')
    .describe('`committed` leaves out messages of transactions that were aborted or are open'),
  control: flag.default(false).describe('Give control records (transaction markers) too'),
  maxBytes: z.coerce
    .number()
    .int()
    .min(0)
    .max(16777216)
    .default(65536)
    .describe('Longer keys and values are cut to this size'),
  keySerde: serdeName.optional().describe('How keys are read; absent: as the topic says'),
  valueSerde: serdeName.optional().describe('How values are read; absent: as the topic says'),
};

export const messageQuery = z.object({
  ...reading,
  ...messageTests,
  partition: z.coerce
    .number()
    .int()
    .min(0)
    .max(2147483647)
    .optional()
    .describe('One partition: the same as `partitions` with one'),
  follow: flag.default(false).describe('Keep the stream open and send messages as they arrive'),
});
export type MessageQuery = z.output<typeof messageQuery>;

const offsetsByPartition = z.record(z.string().regex(/^\d{1,10}$/), z.int().min(0));

/** The same as a body, of several topics at once. */
export const messageSearchBody = z
  .object({
    ...reading,
    ...messageTests,
    topics: z.array(topicName).min(1).max(100),
    from: z
      .union([messageFrom, z.record(topicName, offsetsByPartition)])
      .default('latest')
      .describe('As in the address, or offsets by topic and partition'),
    until: z
      .union([messageUntil, z.record(topicName, offsetsByPartition)])
      .optional()
      .describe('As in the address, or offsets by topic and partition'),
    follow: flag.default(false),
  })
  .meta({ id: 'MessageSearch' });
export type MessageSearchBody = z.output<typeof messageSearchBody>;

/** What is asked of a single message, apart from where it is read. */
export type MessageTests = Pick<MessageQuery, keyof typeof messageTests>;
