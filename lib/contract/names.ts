import { z } from 'zod';

/** Kafka's rule for topic names (org.apache.kafka.common.internals.Topic): 1–249 of [a-zA-Z0-9._-], not `.` or `..`. */
export const topicName = z
  .string()
  .min(1, 'A topic needs a name')
  .max(249, 'A topic name has at most 249 characters')
  .regex(/^[a-zA-Z0-9._-]+$/, 'A topic name has only letters, digits, ".", "_" and "-"')
  .refine((name) => name !== '.' && name !== '..', 'A topic cannot be named "." or ".."');

export const brokerId = z.coerce.number().int().min(0).max(2147483647);
export const partitionId = z.coerce.number().int().min(0).max(2147483647);
export const clusterId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'A cluster id has a–z, 0–9 and "-"');
export const groupId = z.string().min(0).max(32767);

/** Paging by an opaque cursor; `search` is a case-insensitive part of the name. */
export const paging = z.object({
  search: z.string().max(249).optional(),
  order: z.enum(['asc', 'desc']).default('asc'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(1024).optional(),
});

/** `true`/`false` as a query parameter. */
export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');
