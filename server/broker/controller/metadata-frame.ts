import { decode, encode } from '../../protocol/codec.ts';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import type { Input, Message } from '../../protocol/schema.ts';

/** Frame version, record type and record version, each as an unsigned varint of one byte (Kafka's MetadataRecordSerde). */
const FRAME_BYTES = 3;
const FRAME_VERSION = 1;
const MAX_ONE_BYTE = 0x7f;

/** The value of a metadata record as Kafka writes it. */
export function framed<T>(message: Message<T>, version: number, body: Input<T>): Buffer {
  const bytes = encode(message, version, body, FRAME_BYTES);
  bytes[0] = FRAME_VERSION;
  bytes[1] = message.recordType!;
  bytes[2] = version;
  return bytes;
}

/** The type and version of a framed record. @throws ProtocolError when it is no metadata record */
export function frameOf(value: Buffer): { readonly type: number; readonly version: number } {
  const [frameVersion, type, version] = value;
  if (frameVersion !== FRAME_VERSION || type === undefined || version === undefined) {
    throw new ProtocolError('a metadata record has no frame of version 1');
  }
  if (type > MAX_ONE_BYTE || version > MAX_ONE_BYTE) {
    throw new ProtocolError(`a metadata record is of an unknown type or version`);
  }
  return { type, version };
}

/** The body of a framed record. @throws ProtocolError when it can't be read */
export function unframed<T>(message: Message<T>, value: Buffer): T {
  return decode(message, frameOf(value).version, value, FRAME_BYTES);
}
