import { z } from 'zod';
import { wording } from './wording.ts';

/** Where records are deleted up to; the record there stays. */
export const deleteRecordsBody = z
  .object({
    partitions: z
      .array(z.int().min(0).max(2147483647))
      .min(1)
      .max(100_000)
      .optional()
      .describe('Absent: all partitions; with `offsets`, those that it names'),
    before: z.union([
      z.literal('end').describe('All records that are there'),
      z
        .object({ time: z.iso.datetime({ offset: true }) })
        .describe('Records older than the first one of that time'),
      z
        .object({ offsets: z.record(z.string().regex(/^\d{1,10}$/), z.number().int().min(0)) })
        .describe('By partition'),
    ]),
  })
  .meta({ id: 'DeleteRecords' });
export type DeleteRecordsBody = z.output<typeof deleteRecordsBody>;

/** What goes of one partition. */
export const recordDeletion = z.object({
  partition: z.int(),
  logStartOffset: z.number().describe('Before'),
  beforeOffset: z.number().describe('The log starts here after'),
  logEndOffset: z.number(),
});
export type RecordDeletion = z.infer<typeof recordDeletion>;

/** One result for each partition: a failure of one hides none of the others. */
export const deletedRecords = z
  .object({
    items: z.array(
      z.object({
        topic: z.string(),
        partition: z.int(),
        ok: z.boolean(),
        logStartOffset: z.number().nullable().describe('Where the log starts now; null where that failed'),
        error: wording.nullable(),
      }),
    ),
  })
  .meta({ id: 'DeletedRecords' });
export type DeletedRecords = z.infer<typeof deletedRecords>;
