/**
 * What the console and the embedded cluster say to each other over node's IPC channel.
 *
 * The console forks `server/broker/main.mjs`; the child says `ready` once every broker listens (or `failed`, then exits),
 * says `status` whenever something in it changes, and answers each `request` with one `reply` of the same id.
 * When the channel closes the child stops every broker cleanly and exits.
 */
import { z } from 'zod';

const brokerState = z.enum(['running', 'starting', 'stopping', 'stopped']);

const brokerStatus = z.object({
  id: z.int(),
  host: z.string(),
  port: z.int(),
  rack: z.string().nullable(),
  state: brokerState,
  fenced: z.boolean().default(false).describe('The controller does not hear of it: it leads nothing'),
  partitioned: z.boolean().default(false).describe('Cut off from the other brokers on purpose'),
  slowFollowerMs: z.int().default(0).describe('Milliseconds that it waits before each fetch, on purpose'),
});

const clusterStatus = z.object({
  clusterId: z.string(),
  dataDir: z.string().nullable().describe('Absolute path; null when everything is kept in memory'),
  memoryBytes: z.number().describe('Resident set size of the process'),
  brokers: z.array(brokerStatus),
});
export type EmbeddedStatus = z.infer<typeof clusterStatus>;

const requestHead = { type: z.literal('request'), id: z.int() };

/** Console → embedded cluster. */
export const controlRequest = z.discriminatedUnion('op', [
  z.object({ ...requestHead, op: z.literal('status') }),
  z.object({
    ...requestHead,
    op: z.literal('stop-broker'),
    broker: z.int(),
    mode: z.enum(['controlled', 'hard']).default('controlled'),
  }),
  z.object({ ...requestHead, op: z.literal('start-broker'), broker: z.int() }),
  z.object({ ...requestHead, op: z.literal('add-broker'), rack: z.string().min(1).nullable().default(null) }),
  z
    .object({ ...requestHead, op: z.literal('remove-broker'), broker: z.int() })
    .describe('Stops it and forgets it; its replicas must have been reassigned'),
  z
    .object({
      ...requestHead,
      op: z.literal('slow-follower'),
      broker: z.int(),
      delayMs: z.int().min(0).max(600_000),
    })
    .describe('It waits so long before each fetch from a leader; 0 ends it'),
  z
    .object({ ...requestHead, op: z.literal('partition-broker'), broker: z.int() })
    .describe('Cuts it off from the other brokers until it is healed; clients still reach it'),
  z.object({ ...requestHead, op: z.literal('heal-broker'), broker: z.int() }),
  z.object({ ...requestHead, op: z.literal('shutdown') }),
]);
export type ControlRequest = z.infer<typeof controlRequest>;

/** Embedded cluster → console. */
export const controlMessage = z.union([
  z.object({ type: z.literal('ready'), status: clusterStatus }),
  z.object({ type: z.literal('status'), status: clusterStatus }),
  z.object({ type: z.literal('reply'), id: z.int(), ok: z.literal(true), status: clusterStatus }),
  z.object({ type: z.literal('reply'), id: z.int(), ok: z.literal(false), error: z.string() }),
  z.object({ type: z.literal('failed'), error: z.string() }),
]);
export type ControlMessage = z.infer<typeof controlMessage>;
