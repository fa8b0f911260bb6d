import { z } from 'zod';
import { paging } from './names.ts';
import { readMeta } from './problem.ts';

export const groupQuery = paging.extend({
  sort: z.enum(['groupId', 'state', 'memberCount', 'lag']).default('groupId'),
  state: z.string().max(40).optional(),
});
export type GroupQuery = z.infer<typeof groupQuery>;

export const groupRow = z
  .object({
    groupId: z.string(),
    type: z.string().describe('classic, consumer, share or streams'),
    protocolType: z.string(),
    state: z.string().describe('Stable, Empty, PreparingRebalance, CompletingRebalance, Dead, …'),
    memberCount: z.int().nullable(),
    topicCount: z.int().nullable().describe('Topics with a committed offset'),
    lag: z.number().nullable().describe('Sum over its partitions; null when not known'),
    coordinator: z.int().nullable(),
  })
  .meta({ id: 'GroupRow' });
export type GroupRow = z.infer<typeof groupRow>;

export const groupPage = readMeta
  .extend({ items: z.array(groupRow), total: z.int(), nextCursor: z.string().nullable() })
  .meta({ id: 'GroupPage' });
export type GroupPage = z.infer<typeof groupPage>;

export const groupMember = z
  .object({
    memberId: z.string(),
    groupInstanceId: z.string().nullable(),
    clientId: z.string(),
    host: z.string(),
    assignment: z.array(z.object({ topic: z.string(), partitions: z.array(z.int()) })),
  })
  .meta({ id: 'GroupMember' });
export type GroupMember = z.infer<typeof groupMember>;

export const groupOffset = z
  .object({
    topic: z.string(),
    partition: z.int(),
    committedOffset: z.number().nullable(),
    logStartOffset: z.number().nullable(),
    logEndOffset: z.number().nullable(),
    lag: z.number().nullable().describe('Log end − committed offset, never negative; null when not known'),
    metadata: z.string().nullable(),
    memberId: z.string().nullable(),
    clientId: z.string().nullable(),
    host: z.string().nullable(),
  })
  .meta({ id: 'GroupOffset' });
export type GroupOffset = z.infer<typeof groupOffset>;

export const groupDetail = readMeta
  .extend(groupRow.shape)
  .extend({
    assignor: z.string().nullable(),
    members: z.array(groupMember),
    offsets: z.array(groupOffset),
  })
  .meta({ id: 'GroupDetail' });
export type GroupDetail = z.infer<typeof groupDetail>;
