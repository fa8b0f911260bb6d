import { z } from 'zod';
import { wording } from './wording.ts';

/** Stable, machine-readable names for everything that can go wrong. */
export const problemCode = z.enum([
  'invalid_request',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'payload_too_large',
  'unsupported_media_type',
  'refused_by_kafka',
  'unsupported_by_cluster',
  'cancelled',
  'internal',
  'broker_unreachable',
  'unavailable',
  'broker_timeout',
]);
export type ProblemCode = z.infer<typeof problemCode>;

/** A place in a text that somebody wrote: an expression, a pattern. */
export const textPlace = z.object({
  line: z.int().min(1),
  column: z.int().min(1).describe('In UTF-16 code units, as JavaScript counts them'),
  length: z.int().min(0).describe('From there; 0 where something is missing'),
});
export type TextPlace = z.infer<typeof textPlace>;

export const fieldError = z.object({
  field: z.string().describe('Path of the field, dots between levels, e.g. `configs.retention.ms`'),
  message: wording,
  at: textPlace.optional().describe('Where in the text of the field, where that is known'),
});
export type FieldError = z.infer<typeof fieldError>;

/** RFC 9457 problem details, with Kafdeck's own members after `status`. */
export const problem = z
  .object({
    type: z.string(),
    title: wording,
    status: z.int(),
    code: problemCode,
    detail: wording.describe('One sentence a person understands'),
    action: wording.optional().describe('What to do about it'),
    errors: z.array(fieldError).optional().describe('The fields that are wrong'),
    kafkaError: z
      .object({ code: z.int(), name: z.string() })
      .optional()
      .describe("Kafka's own error, where a broker gave one"),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

/** Something missing from an answer that is otherwise given: which part, why, and what to do. */
export const partialProblem = z
  .object({
    subject: wording.describe('What is missing, e.g. `broker 2`, `sizes`, `offsets of topic orders`'),
    code: problemCode,
    detail: wording,
    action: wording.optional(),
  })
  .meta({ id: 'PartialProblem' });
export type PartialProblem = z.infer<typeof partialProblem>;

/** Head of every answer that is read from a cluster's snapshot. */
export const readMeta = z.object({
  asOf: z.iso.datetime().describe('When the cluster was last read'),
  problems: z.array(partialProblem).describe('What this answer lacks; empty when it is complete'),
});
