/**
 * Frames: a request or response with its size and header (KIP-482 for the flexible headers). A frame handed to the decoding
 * functions is what follows the 4-byte size.
 */
import { apiByKey } from './apis.ts';
import { decode, encode, encodePieces } from './codec.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Api, Input } from './schema.ts';

export interface RequestHeader {
  apiKey: number;
  apiVersion: number;
  correlationId: number;
  clientId: string | null;
  /** Where the body starts in the frame. */
  bodyOffset: number;
}

const API_VERSIONS_KEY = 18;
const SIZE_BYTES = 4;

/** A whole request with its size in front. Throws ProtocolError when the body does not fit the version. */
export function encodeRequest<Request>(
  api: Api<Request, unknown>,
  version: number,
  header: { correlationId: number; clientId: string | null },
  body: Input<Request>,
): Buffer {
  const clientId = header.clientId === null ? null : Buffer.from(header.clientId);
  const tagged = version >= api.flexibleVersion ? 1 : 0;
  const headerBytes = 10 + (clientId?.length ?? 0) + tagged;
  const frame = encode(api.request, version, body, SIZE_BYTES + headerBytes);
  frame.writeInt32BE(frame.length - SIZE_BYTES, 0);
  frame.writeInt16BE(api.key, 4);
  frame.writeInt16BE(version, 6);
  frame.writeInt32BE(header.correlationId, 8);
  frame.writeInt16BE(clientId?.length ?? -1, 12);
  if (clientId) frame.set(clientId, 14);
  if (tagged) frame[SIZE_BYTES + headerBytes - 1] = 0;
  return frame;
}

/**
 * The header of a request. That of an API that is not known is read as one without tagged fields, so that it can be answered.
 * Throws ProtocolError when it is cut off or malformed.
 */
export function decodeRequestHeader(frame: Buffer): RequestHeader {
  if (frame.length < 10) throw new ProtocolError('request header is cut off');
  const apiKey = frame.readInt16BE(0);
  const apiVersion = frame.readInt16BE(2);
  const clientIdBytes = frame.readInt16BE(8);
  const end = 10 + Math.max(clientIdBytes, 0);
  if (clientIdBytes < -1 || end > frame.length)
    throw new ProtocolError('client id of request header is cut off');
  const flexible = apiVersion >= (apiByKey.get(apiKey)?.flexibleVersion ?? Number.POSITIVE_INFINITY);
  return {
    apiKey,
    apiVersion,
    correlationId: frame.readInt32BE(4),
    clientId: clientIdBytes < 0 ? null : frame.toString('utf8', 10, end),
    bodyOffset: flexible ? skipTaggedFields(frame, end) : end,
  };
}

/** A whole response with its size in front. Throws ProtocolError when the body does not fit the version. */
export function encodeResponse<Response>(
  api: Api<unknown, Response>,
  version: number,
  correlationId: number,
  body: Input<Response>,
): Buffer {
  const headerBytes = responseHeaderBytes(api, version);
  const frame = encode(api.response, version, body, SIZE_BYTES + headerBytes);
  writeResponseHeader(frame, frame.length, correlationId, headerBytes);
  return frame;
}

/** The same in pieces: long record batches are not copied, and must not be changed until they are sent. */
export function encodeResponsePieces<Response>(
  api: Api<unknown, Response>,
  version: number,
  correlationId: number,
  body: Input<Response>,
): Uint8Array[] {
  const headerBytes = responseHeaderBytes(api, version);
  const pieces = encodePieces(api.response, version, body, SIZE_BYTES + headerBytes);
  let frameBytes = 0;
  for (const { length } of pieces) frameBytes += length;
  const { buffer, byteOffset, length } = pieces[0]!;
  writeResponseHeader(Buffer.from(buffer, byteOffset, length), frameBytes, correlationId, headerBytes);
  return pieces;
}

function responseHeaderBytes(api: Api<unknown, unknown>, version: number): number {
  return hasTaggedResponseHeader(api, version) ? 5 : 4;
}

function writeResponseHeader(
  frame: Buffer,
  frameBytes: number,
  correlationId: number,
  headerBytes: number,
): void {
  frame.writeInt32BE(frameBytes - SIZE_BYTES, 0);
  frame.writeInt32BE(correlationId, SIZE_BYTES);
  if (headerBytes > 4) frame[SIZE_BYTES + 4] = 0;
}

/** The correlation id and body of a response. Throws ProtocolError when it is cut off or malformed. */
export function decodeResponse<Response>(
  api: Api<unknown, Response>,
  version: number,
  frame: Buffer,
): { correlationId: number; body: Response } {
  if (frame.length < 4) throw new ProtocolError('response header is cut off');
  const bodyOffset = hasTaggedResponseHeader(api, version) ? skipTaggedFields(frame, 4) : 4;
  return { correlationId: frame.readInt32BE(0), body: decode(api.response, version, frame, bodyOffset) };
}

/** The answer to ApiVersions always has the old header, so that a client can read it before it knows any version. */
function hasTaggedResponseHeader(api: Api<unknown, unknown>, version: number): boolean {
  return version >= api.flexibleVersion && api.key !== API_VERSIONS_KEY;
}

/** Headers have no tagged fields that are known; returns the offset after those that are there. */
function skipTaggedFields(frame: Buffer, start: number): number {
  let offset = start;
  const unsignedVarint = (): number => {
    let value = 0;
    for (let shift = 0; shift <= 28; shift += 7) {
      const byte = frame[offset++];
      if (byte === undefined) break;
      value = (value | ((byte & 0x7f) << shift)) >>> 0;
      if (byte < 128) return value;
    }
    throw new ProtocolError('tagged fields of the header are malformed');
  };
  for (let count = unsignedVarint(); count > 0; count--) {
    unsignedVarint();
    const size = unsignedVarint();
    offset += size;
    if (offset > frame.length) throw new ProtocolError('tagged fields of the header are cut off');
  }
  return offset;
}
