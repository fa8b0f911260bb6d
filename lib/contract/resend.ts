import { z } from 'zod';
import { messageSearchBody } from './message-query.ts';
import { message } from './messages.ts';
import { clusterId, topicName } from './names.ts';
import { plan } from './plans.ts';
import { messageAddress, sendingProgress } from './sending.ts';

/** The most messages that can be named one by one. */
const MAX_NAMED = 10_000;

const resendSearch = messageSearchBody
  .omit({ limit: true, order: true, follow: true, maxBytes: true, control: true })
  .extend({
    isolation: messageSearchBody.shape.isolation
      .unwrap()
      .default('committed')
      .describe(
        '`uncommitted` sends again too what transactions that were aborted, or are open, have written',
      ),
    notBefore: z.iso.datetime().optional().describe('Of the messages between, those of this time or later'),
    before: z.iso.datetime().optional().describe('Of the messages between, those before this time'),
  });

/** Which messages are sent again, where to, and what they keep. Their bytes stay as they are. */
export const resendBody = z
  .object({
    search: resendSearch.optional().describe('All messages that it finds, oldest first'),
    messages: z.array(messageAddress).min(1).max(MAX_NAMED).optional(),
    max: z.int().min(1).optional().describe('So many at most; absent: all'),
    to: z
      .object({
        cluster: clusterId.optional().describe('Absent: the same'),
        topic: topicName.optional(),
        topicHeader: z
          .string()
          .min(1)
          .max(249)
          .optional()
          .describe(
            'A header that names the topic, as dead-letter queues have it; messages without it go to `topic`, where there is one',
          ),
      })
      .refine((to) => to.topic !== undefined || to.topicHeader !== undefined, {
        message: 'Name a topic or a header that names it',
        path: ['topic'],
      }),
    keep: z
      .object({
        key: z.boolean().default(true),
        headers: z.boolean().default(true),
        timestamp: z.boolean().default(true).describe('False: when they are sent'),
        partition: z.boolean().default(false).describe('False: by the key'),
      })
      .prefault({}),
    source: z
      .boolean()
      .default(false)
      .describe('Add the header `kafdeck-source` with `topic-partition@offset`'),
  })
  .refine((body) => (body.search === undefined) !== (body.messages === undefined), {
    message: 'Give either a search or messages',
    path: ['search'],
  })
  .meta({ id: 'Resend' });
export type ResendBody = z.output<typeof resendBody>;
export type ResendRequest = z.input<typeof resendBody>;

export const resendPlan = plan
  .extend({
    type: z.literal('plan'),
    count: z.int(),
    bytes: z.number().describe('Keys, values and headers together'),
    targets: z.array(z.object({ topic: z.string(), count: z.int() })).describe('How many go where'),
    samples: z.array(message).describe('The first ones; none of a topic of which something is masked'),
    request: (z.record(z.string(), z.unknown()) as unknown as z.ZodType<ResendRequest>).describe(
      'What to ask for to have exactly these sent: where the search ends is fixed',
    ),
  })
  .meta({ id: 'ResendPlan' });
export type ResendPlan = z.output<typeof resendPlan>;

/** One line of the preview: how far the search is, then the plan. */
export const resendPlanLine = z
  .discriminatedUnion('type', [
    sendingProgress.pick({ type: true, given: true, scanned: true, bytes: true, remaining: true }),
    resendPlan,
  ])
  .meta({ id: 'ResendPlanLine' });
export type ResendPlanLine = z.output<typeof resendPlanLine>;
