import type { ProduceBody } from '../../lib/contract/messages.ts';
import type { ClusterSerdes, RecordPart } from '../serdes/cluster-serdes.ts';
import { encodeWithSerde } from './encode-with-serdes.ts';
import { type EncodedMessage, type MessageTexts, messageEncoder } from './message-encoder.ts';

/**
 * Turns the texts of one message after the other into bytes, as a body says that they are meant: by a serde, or as they are. A
 * promise where a serde has to be asked. Throws `invalid_request` with the field that cannot be written.
 */
export function seriesEncoder(
  serdes: ClusterSerdes,
  topic: string,
  body: Pick<ProduceBody, 'key' | 'value' | 'headers'>,
): (texts: MessageTexts) => EncodedMessage | Promise<EncodedMessage> {
  const encode = messageEncoder(body);
  if (!body.key?.serde && !body.value?.serde) return encode;
  const partOf = async (part: RecordPart, data: string | null, plain: Buffer | null) => {
    const outgoing = body[part];
    if (!outgoing?.serde || data === null) return plain;
    return await encodeWithSerde(serdes, topic, part, { ...outgoing, data }, part);
  };
  return async (texts) => {
    const plain = encode({
      ...texts,
      key: body.key?.serde ? null : texts.key,
      value: body.value?.serde ? null : texts.value,
    });
    const key = await partOf('key', texts.key, plain.key);
    return { ...plain, key, value: await partOf('value', texts.value, plain.value) };
  };
}
