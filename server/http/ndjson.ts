/** Lines are sent together until they make this many characters, or until the next one is not there yet. */
const CHUNK_LENGTH = 32_768;

/**
 * A stream of JSON lines. The next value is only asked for when the reader has room, and `source` is told to stop
 * (its `return()`) when the reader goes away.
 *
 * @param onError the last value to send when `source` fails in the middle
 * @param write a value as JSON
 */
export function ndjsonStream<Value>(
  source: AsyncIterator<Value>,
  first: Promise<IteratorResult<Value>>,
  onError: (error: unknown) => Value | null,
  write: (value: Value) => string = JSON.stringify,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: Promise<IteratorResult<Value>> | null = first;
  let cancelled = false;

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    let lines = '';
    let ended = false;
    try {
      while (lines.length < CHUNK_LENGTH) {
        next ??= source.next();
        const result = lines === '' ? await next : await whatIsThere(next);
        if (result === null) break;
        next = null;
        if (result.done) {
          ended = true;
          break;
        }
        lines += `${write(result.value)}\n`;
      }
    } catch (error) {
      next = null;
      ended = true;
      const last = cancelled ? null : onError(error);
      if (last !== null) lines += `${write(last)}\n`;
    }
    if (cancelled) return;
    if (lines !== '') controller.enqueue(encoder.encode(lines));
    if (ended) controller.close();
  }

  return new ReadableStream<Uint8Array>(
    {
      pull,
      async cancel() {
        cancelled = true;
        await source.return?.();
      },
    },
    { highWaterMark: 1 },
  );
}

/** The result if it comes before the event loop turns, else null. */
function whatIsThere<Value>(next: Promise<Value>): Promise<Value | null> {
  return Promise.race([next, new Promise<null>((resolve) => setImmediate(resolve, null))]);
}
