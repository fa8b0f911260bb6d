import { compileDecoder, type Decoder } from './compile-decoder.ts';
import { compileEncoder, type Encoder } from './compile-encoder.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Input, Message } from './schema.ts';
import { Writer } from './writer.ts';

export { ProtocolError } from './protocol-error.ts';
export type { Api, Input, Message } from './schema.ts';

const decoders = new WeakMap<object, Decoder<unknown>[]>();
const encoders = new WeakMap<object, Encoder<unknown>[]>();
const writer = new Writer();

/**
 * Reads a message of a given version from a buffer, from an offset in bytes on. Bytes after the message are not looked at,
 * tagged fields that the schema does not know are skipped and not kept, and `bytes` and `records` share the buffer's memory.
 * Throws ProtocolError when the version is not known or the bytes are cut off or malformed.
 */
export function decode<T>(message: Message<T>, version: number, buffer: Buffer, offset = 0): T {
  const decoder = compiled(decoders, message, version, compileDecoder) as Decoder<T>;
  try {
    return decoder(buffer, new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength), offset);
  } catch (error) {
    if (error instanceof RangeError) throw new ProtocolError(`${message.name} version ${version} is cut off`);
    throw error;
  }
}

/**
 * Writes a message in a given version. Fields left out get Kafka's default. `reserved` bytes before the message are left for
 * the caller to fill. Throws ProtocolError when the version is not known, a value does not fit its type, null is not allowed,
 * or a field is set that this version cannot carry and that may not be dropped.
 */
export function encode<T>(message: Message<T>, version: number, value: Input<T>, reserved = 0): Buffer {
  const encoder = compiled(encoders, message, version, compileEncoder) as Encoder<T>;
  if (reserved > writer.buffer.length) writer.grow(0, reserved);
  return writer.finish(encoder(value, writer, reserved));
}

/**
 * As `encode`, but in pieces, of which long record batches are the very buffers that were given: they must not be changed until
 * the pieces are sent. The first piece begins with what was reserved.
 */
export function encodePieces<T>(
  message: Message<T>,
  version: number,
  value: Input<T>,
  reserved: number,
): Uint8Array[] {
  const encoder = compiled(encoders, message, version, compileEncoder) as Encoder<T>;
  writer.beginPieces();
  try {
    return writer.finishPieces(encoder(value, writer, reserved));
  } finally {
    writer.abandonPieces();
  }
}

function compiled<Compiled>(
  cache: WeakMap<object, Compiled[]>,
  message: Message<unknown>,
  version: number,
  compile: (message: Message<unknown>, version: number) => Compiled,
): Compiled {
  const known = cache.get(message)?.[version];
  if (known) return known;
  if (!Number.isInteger(version) || version < message.minVersion || version > message.maxVersion)
    throw new ProtocolError(
      `${message.name} has no version ${version}, only ${message.minVersion} to ${message.maxVersion}`,
    );
  const versions = cache.get(message) ?? [];
  versions[version] = compile(message, version);
  cache.set(message, versions);
  return versions[version]!;
}
