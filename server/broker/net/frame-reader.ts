/** A frame whose announced size can't be one: the stream can't be read any further. */
export class FrameSizeError extends Error {
  override name = 'FrameSizeError';
}

/**
 * Cuts a byte stream into frames (4 bytes of size, then as many bytes). Holds only bytes that have arrived: what a client
 * announces costs nothing. A frame that lies in one chunk is given out as a view of it, not as a copy.
 */
export class FrameReader {
  /** The largest frame that is read. */
  maxFrameBytes: number;
  #chunks: Buffer[] = [];
  #bufferedBytes = 0;
  /** Size of the frame being read, -1 while its four bytes have not been read. */
  #frameSize = -1;

  constructor(maxFrameBytes: number) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /** Bytes held that have not been given out. */
  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  get isInsideFrame(): boolean {
    return this.#bufferedBytes > 0 || this.#frameSize >= 0;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bufferedBytes += chunk.length;
  }

  clear(): void {
    this.#chunks = [];
    this.#bufferedBytes = 0;
    this.#frameSize = -1;
  }

  /**
   * The next frame without its size, or null until all of it has arrived.
   * @throws FrameSizeError when the announced size is negative, zero or over the limit
   */
  next(): Buffer | null {
    if (this.#frameSize < 0) {
      if (this.#bufferedBytes < 4) return null;
      const size = this.#take(4).readInt32BE(0);
      if (size <= 0 || size > this.maxFrameBytes) {
        throw new FrameSizeError(`a frame of ${size} bytes was announced (limit ${this.maxFrameBytes})`);
      }
      this.#frameSize = size;
    }
    if (this.#bufferedBytes < this.#frameSize) return null;
    const frame = this.#take(this.#frameSize);
    this.#frameSize = -1;
    return frame;
  }

  #take(length: number): Buffer {
    const first = this.#chunks[0]!;
    this.#bufferedBytes -= length;
    if (first.length > length) {
      this.#chunks[0] = first.subarray(length);
      return first.subarray(0, length);
    }
    if (first.length === length) {
      this.#chunks.shift();
      return first;
    }
    const taken = Buffer.allocUnsafe(length);
    let filled = 0;
    let used = 0;
    for (const chunk of this.#chunks) {
      const wanted = Math.min(chunk.length, length - filled);
      chunk.copy(taken, filled, 0, wanted);
      filled += wanted;
      if (wanted < chunk.length) {
        this.#chunks[used] = chunk.subarray(wanted);
        break;
      }
      used += 1;
      if (filled === length) break;
    }
    this.#chunks.splice(0, used);
    return taken;
  }
}
