import { z } from 'zod';
import { readMeta } from './problem.ts';

export const configSource = z.enum([
  'dynamic-topic',
  'dynamic-broker',
  'dynamic-default-broker',
  'static-broker',
  'default',
  'dynamic-broker-logger',
  'client-metrics',
  'group',
  'unknown',
]);
export type ConfigSource = z.infer<typeof configSource>;

/** One configuration entry, as DescribeConfigs v1–4 tells it (KIP-226, KIP-569). */
export const configEntry = z
  .object({
    name: z.string(),
    value: z.string().nullable().describe('Null for a sensitive value: brokers never send those'),
    source: configSource,
    isSensitive: z.boolean(),
    isReadOnly: z.boolean(),
    isOverridden: z.boolean().describe('Set on this very topic or broker, not inherited'),
    type: z.enum([
      'boolean',
      'string',
      'int',
      'short',
      'long',
      'double',
      'list',
      'class',
      'password',
      'unknown',
    ]),
    documentation: z.string().nullable(),
    synonyms: z.array(z.object({ name: z.string(), value: z.string().nullable(), source: configSource })),
  })
  .meta({ id: 'ConfigEntry' });
export type ConfigEntry = z.infer<typeof configEntry>;

export const configList = readMeta.extend({ entries: z.array(configEntry) }).meta({ id: 'ConfigList' });
export type ConfigList = z.infer<typeof configList>;

/** Changes to configs: a value sets, null goes back to the inherited value (KIP-339). */
export const configChanges = z.record(z.string().min(1).max(255), z.string().max(32767).nullable());
export type ConfigChanges = z.infer<typeof configChanges>;
