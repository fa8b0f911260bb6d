import { z } from 'zod';
import { wording } from './wording.ts';

export const embeddedBroker = z.object({
  id: z.int(),
  host: z.string(),
  port: z.int(),
  rack: z.string().nullable(),
  state: z.enum(['running', 'starting', 'stopping', 'stopped']),
});

export const embedded = z
  .object({
    state: z.enum(['starting', 'running', 'failed', 'stopped', 'off']).describe('`off`: configured away'),
    error: wording.nullable(),
    dataDir: z.string().nullable(),
    memoryBytes: z.number().nullable(),
    sampleData: z.boolean().describe('Sample traffic is on'),
    brokers: z.array(embeddedBroker),
  })
  .meta({ id: 'Embedded' });
export type Embedded = z.infer<typeof embedded>;

export const stopBrokerBody = z.object({
  mode: z
    .enum(['controlled', 'hard'])
    .default('controlled')
    .describe('controlled: leadership moves first; hard: as if its power were cut'),
});
export type StopBrokerBody = z.infer<typeof stopBrokerBody>;

export const sampleDataBody = z.object({
  enabled: z.boolean(),
  removeTopics: z
    .boolean()
    .default(false)
    .describe('When switching off: also delete the sample topics and groups'),
});
export type SampleDataBody = z.infer<typeof sampleDataBody>;
