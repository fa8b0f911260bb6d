/** Shorter answers are the garbage collector's. */
const LEAST_BYTES = 64 * 1024;
/** Memory comes in steps of this, so that it fits the next answer too. */
const STEP_BYTES = 128 * 1024;
/** What lies ready at most, and for how long. */
const MOST_FREE_BYTES = 64 * 1024 * 1024;
const KEEP_MS = 5000;

/** Blocks that were given out, by whoever holds them. */
const given = new WeakSet<ArrayBufferLike>();
let free: Buffer[] = [];
let freeBytes = 0;
let forgetting: NodeJS.Timeout | null = null;

/**
 * Memory for an answer of a broker. Who reads topics by the gigabyte gives it back, to be used for the next answers: new
 * memory costs as much as reading what it holds, when it is had and when it is collected. What is not given back is
 * collected as any other. Each thread has its own.
 */
export function answerMemory(bytes: number): Buffer {
  if (bytes < LEAST_BYTES) return Buffer.allocUnsafeSlow(bytes);
  let best = -1;
  for (let at = 0; at < free.length; at++) {
    const { length } = free[at]!;
    if (length >= bytes && length <= 2 * bytes && (best < 0 || length < free[best]!.length)) best = at;
  }
  const block =
    best < 0 ? Buffer.allocUnsafeSlow(Math.ceil(bytes / STEP_BYTES) * STEP_BYTES) : free.splice(best, 1)[0]!;
  if (best >= 0) freeBytes -= block.length;
  given.add(block.buffer);
  return block.subarray(0, bytes);
}

/** Gives the memory back that a part of an answer lies in: nobody may look at any part of that answer again. */
export function giveBackMemoryOf({ buffer }: Buffer): void {
  // Deleted, so that nothing can be given back twice.
  if (!given.delete(buffer) || freeBytes + buffer.byteLength > MOST_FREE_BYTES) return;
  free.push(Buffer.from(buffer));
  freeBytes += buffer.byteLength;
  forgetting ??= setTimeout(forget, KEEP_MS).unref();
  forgetting.refresh();
}

function forget(): void {
  free = [];
  freeBytes = 0;
  forgetting = null;
}
