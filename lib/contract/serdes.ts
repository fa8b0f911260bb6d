import { z } from 'zod';
import { wording } from './wording.ts';

/**
 * How bytes are read and written. The number formats are those of Kafka's serializers of the same names, big-endian.
 * `avro`, `protobuf` and `json-schema` begin with the id of a schema in the cluster's registry; `avro-file` and
 * `protobuf-file` name a schema among the cluster's files, e.g. `avro-file:order.avsc` and `protobuf-file:shop.Order`.
 * The last ones are records that Kafka itself, MirrorMaker 2 and Connect write.
 */
export const serdeName = z
  .string()
  .regex(
    /^(text|json|short|integer|long|float|double|uuid|hex|base64|avro|protobuf|json-schema|messagepack|cbor|xml|consumer-offsets|transaction-state|share-group-state|mm2-heartbeat|mm2-checkpoint|mm2-offset-sync|connect-config|connect-offset|connect-status|(avro-file|protobuf-file):[^\\\\]{1,200})$/,
    'There is no such serde',
  )
  .describe('How bytes are read, e.g. `json`, `avro`, `long`, `protobuf-file:shop.Order`');
export type SerdeName = z.infer<typeof serdeName>;

const partSerde = z.object({
  serde: serdeName,
  source: z
    .enum(['detected', 'chosen', 'configured'])
    .describe('`chosen`: somebody set it in the console; `configured`: the settings file says it'),
  reason: wording.describe('Why it was taken'),
});

/** A field of messages that were looked at, for completion and for columns. */
export const seenField = z.object({
  path: z.string().describe('As a filter writes it, e.g. `value.customer.id`'),
  types: z.array(z.enum(['null', 'bool', 'number', 'string', 'list', 'map', 'bytes'])),
  seenIn: z.int().describe('Of the messages looked at, those that have it'),
  examples: z.array(z.string()).describe('Some values, short; of a masked field what is shown of it'),
});
export type SeenField = z.infer<typeof seenField>;

export const topicSerdes = z
  .object({
    key: partSerde,
    value: partSerde,
    available: z.array(serdeName).describe('Serdes that can be chosen for this cluster'),
    lookedAt: z.int().describe('Messages that the fields were seen in'),
    fields: z.array(seenField),
  })
  .meta({ id: 'TopicSerdes' });
export type TopicSerdes = z.infer<typeof topicSerdes>;

export const setSerdesBody = z.object({
  key: serdeName.nullable().optional().describe('Null: as detected or configured'),
  value: serdeName.nullable().optional().describe('Null: as detected or configured'),
});
