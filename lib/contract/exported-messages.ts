import { z } from 'zod';
import { messageQuery } from './message-query.ts';
import { message, payload } from './messages.ts';
import { partitionId } from './names.ts';
import { sendingEnd, sendingProgress } from './sending.ts';

/** `true`/`false` in an address. */
const switched = (otherwise: 'true' | 'false') =>
  z
    .enum(['true', 'false'])
    .default(otherwise)
    .transform((text) => text === 'true');

export const exportQuery = messageQuery
  .omit({ follow: true, maxBytes: true, control: true, limit: true })
  .extend({
    from: messageQuery.shape.from.unwrap().default('earliest'),
    limit: z.coerce.number().int().min(1).optional().describe('Absent: every message that is wanted'),
    format: z
      .enum(['ndjson', 'csv', 'text'])
      .default('ndjson')
      .describe(
        '`ndjson` has every byte and can be imported; `csv` as in RFC 4180; `text` has lines of columns with tabs between',
      ),
    columns: z
      .string()
      .min(1)
      .max(16384)
      .optional()
      .describe(
        'For `csv` and `text`, with commas between: `topic`, `partition`, `offset`, `timestamp`, `key`, `value`, `headers`, `size`, or a field of JSON such as `value.customer.id`, `key["a,b"][0]`, `headers.trace`',
      ),
    head: switched('true').describe('`csv` begins with a line of column names'),
    formulas: z
      .enum(['escape', 'keep'])
      .default('escape')
      .describe(
        "In `csv`, a text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line break, and is no number) gets a ' in front",
      ),
    bom: switched('false').describe('`csv` begins with a byte order mark, by which Excel knows UTF-8'),
    decoded: switched('false').describe(
      '`ndjson` has what serdes made of keys and values as well; importing leaves it aside',
    ),
    problems: z
      .enum(['stop', 'skip'])
      .default('stop')
      .describe('What cannot be read: `stop` breaks the download off, `skip` leaves it out'),
  });
export type ExportQuery = z.output<typeof exportQuery>;

/** Text where the bytes are UTF-8, base64 where they are not. */
const exportedBytes = z.union([z.string(), z.object({ base64: z.string() })]).nullable();
export type ExportedBytes = z.infer<typeof exportedBytes>;

/** One line of an export. */
export const exportedMessage = z
  .object({
    topic: z.string(),
    partition: z.int(),
    offset: z.number(),
    timestamp: message.shape.timestamp,
    timestampType: message.shape.timestampType,
    key: exportedBytes,
    value: exportedBytes.describe('Null: a tombstone'),
    headers: z.array(z.object({ key: z.string(), value: exportedBytes })),
    decoded: z
      .object({ key: z.unknown().optional(), value: z.unknown().optional() })
      .optional()
      .describe('What serdes made of them, where that was asked for'),
    isMasked: z.literal(true).optional().describe('A rule has hidden parts: this is not the message itself'),
  })
  .meta({ id: 'ExportedMessage' });
export type ExportedMessage = z.infer<typeof exportedMessage>;

const importedBytes = z
  .union([
    z.string(),
    z.object({ base64: z.string() }),
    z.object({ encoding: z.enum(['utf8', 'base64']), data: z.string(), isTruncated: z.boolean().optional() }),
  ])
  .nullable();

/** One line of an import: what exports hold, also when written by hand, and the messages that this API gives. */
export const importedMessage = z
  .looseObject({
    partition: partitionId.optional(),
    timestamp: z
      .union([z.iso.datetime({ offset: true }), z.int().min(-1)])
      .nullable()
      .optional()
      .describe('Milliseconds or ISO 8601; null: none; absent: when it is sent'),
    key: importedBytes.optional(),
    value: importedBytes.optional().describe('Null or absent: a tombstone'),
    headers: z
      .union([
        z.array(z.object({ key: z.string().max(32767), value: importedBytes })).max(10_000),
        z.record(z.string().max(32767), importedBytes),
      ])
      .optional(),
    isMasked: z.boolean().optional(),
  })
  .meta({ id: 'ImportedMessage' });

export const importQuery = z.object({
  dryRun: switched('false').describe('Look at the first lines and send nothing'),
  partition: z
    .enum(['by-key', 'same'])
    .default('by-key')
    .describe('`same`: the partition that the line names, where it does'),
  timestamp: z.enum(['same', 'now']).default('same'),
  onError: z
    .enum(['stop', 'skip'])
    .default('stop')
    .describe('A line that is no message: end before it, or leave it out'),
  firstLine: z.coerce
    .number()
    .int()
    .min(1)
    .default(1)
    .describe('The number of the first line, where a file is sent in pieces'),
});
export type ImportQuery = z.output<typeof importQuery>;

const sample = z.object({
  type: z.literal('sample'),
  line: z.int(),
  partition: z.int().nullable().describe('Null: by the key'),
  timestamp: z.iso.datetime().nullable(),
  key: payload.nullable(),
  value: payload.nullable(),
  headers: z.array(z.object({ key: z.string(), value: payload.nullable() })),
});
export type ImportSample = z.infer<typeof sample>;

/** One line of what an import answers with; samples in a dry run only. */
export const importLine = z
  .discriminatedUnion('type', [sample, sendingProgress, sendingEnd])
  .meta({ id: 'ImportLine' });
export type ImportLine = z.infer<typeof importLine>;
