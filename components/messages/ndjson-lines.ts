/** A line longer than this is no answer of ours: reading on would only fill the memory. */
const MAX_LINE_CHARACTERS = 64 * 1024 * 1024;

/**
 * Splits a byte stream into the lines of NDJSON. Characters and lines may be cut anywhere between chunks; blank lines
 * are skipped; a last line without a break counts. Pulls only when asked, so a reader that pauses holds the sender
 * back. Ending the iteration cancels the stream. Throws RangeError for a line without end.
 */
export async function* ndjsonLines(
  stream: ReadableStream<Uint8Array>,
  maxLineCharacters = MAX_LINE_CHARACTERS,
): AsyncGenerator<string, void, undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let pending: string[] = [];
  let pendingLength = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const text = done ? decoder.decode() : decoder.decode(value, { stream: true });
      const parts = text.split('\n');
      for (let index = 0; index < parts.length; index += 1) {
        const part = parts[index] as string;
        pending.push(part);
        pendingLength += part.length;
        if (pendingLength > maxLineCharacters) throw new RangeError('A line of the stream has no end');
        if (index === parts.length - 1 && !done) break;
        const line = pending.join('').trim();
        pending = [];
        pendingLength = 0;
        if (line !== '') yield line;
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
