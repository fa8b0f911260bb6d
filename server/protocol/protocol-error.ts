/** Bytes that are no valid message, or a value that the asked version of a message cannot carry. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}
