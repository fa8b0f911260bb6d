import { Failure } from '../../lib/contract/failure.ts';
import type { ProduceBody } from '../../lib/contract/messages.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { ClusterSerdes, RecordPart } from '../serdes/cluster-serdes.ts';
import { SerdeError } from '../serdes/serde.ts';

export type OutgoingPart = NonNullable<ProduceBody['value']>;

/** The body with the bytes of what a serde is to write. Throws `invalid_request` with the field that cannot be written. */
export async function withSerdesEncoded(
  serdes: ClusterSerdes,
  topic: string,
  body: ProduceBody,
): Promise<ProduceBody> {
  const encode = async (part: RecordPart) => {
    const outgoing = body[part];
    if (!outgoing?.serde) return outgoing;
    const bytes = await encodeWithSerde(serdes, topic, part, outgoing, part);
    return { encoding: 'base64' as const, data: bytes.toString('base64') };
  };
  return { ...body, key: await encode('key'), value: await encode('value') };
}

/**
 * The bytes of a text, as a serde writes it to a topic.
 *
 * @param field where the text stands in the request, e.g. `value`
 * @throws Failure `invalid_request` that names the place in the text too
 */
export async function encodeWithSerde(
  { serdes }: ClusterSerdes,
  topic: string,
  part: RecordPart,
  { serde = 'text', data, schema }: Pick<OutgoingPart, 'serde' | 'data' | 'schema'>,
  field: string,
): Promise<Buffer> {
  const target = { topic, part, schemaId: schema?.id ?? null, typeName: schema?.name ?? null };
  try {
    return await serdes.serde(serde).encode(data, target);
  } catch (error) {
    if (!(error instanceof SerdeError)) throw error;
    const name = `${field}.data`;
    throw new Failure('invalid_request', say('ofField', { field: name, message: error.sentence }), {
      fields: [{ field: name, message: error.sentence }],
    });
  }
}
