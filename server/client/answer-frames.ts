import { answerMemory, giveBackMemoryOf } from './answer-memory.ts';

/** Bytes of the size in front of every answer. */
const SIZE_BYTES = 4;
/** What is set aside for an answer at once, because it says that it is so long; more only as it comes. */
const TRUSTED_BYTES = 32 * 1024 * 1024;

/**
 * Puts answers together out of what a socket brings. Each lies in memory of its own, which it is copied to once, for
 * topics are read through it by the gigabyte.
 */
export class AnswerFrames {
  readonly #give: (frame: Buffer) => void;
  readonly #size = Buffer.alloc(SIZE_BYTES);
  #sizeRead = 0;
  /** The answer that is under way, its size in front. */
  #frame: Buffer | null = null;
  #length = 0;
  #filled = 0;

  /** @param give is given each whole answer, its size in front */
  constructor(give: (frame: Buffer) => void) {
    this.#give = give;
  }

  /** Takes over what has come; `bytes` may be used again afterwards. Throws RangeError for an answer of a negative size. */
  take(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.#frame === null) {
        this.#size[this.#sizeRead++] = bytes[at++]!;
        if (this.#sizeRead === SIZE_BYTES) this.#begin();
      } else {
        const rest = bytes.subarray(at, at + this.#length - this.#filled);
        this.#reserve(this.#filled + rest.length);
        this.#frame.set(rest, this.#filled);
        this.#filled += rest.length;
        at += rest.length;
      }
      if (this.#frame !== null && this.#filled === this.#length) this.#end(this.#frame);
    }
  }

  #begin(): void {
    const size = this.#size.readInt32BE(0);
    if (size < 0) throw new RangeError(`An answer cannot have ${size} bytes`);
    this.#length = SIZE_BYTES + size;
    this.#frame = answerMemory(Math.min(this.#length, TRUSTED_BYTES));
    this.#frame.set(this.#size);
    this.#filled = SIZE_BYTES;
    this.#sizeRead = 0;
  }

  #reserve(bytes: number): void {
    const frame = this.#frame!;
    if (bytes <= frame.length) return;
    this.#frame = answerMemory(Math.min(this.#length, 2 * frame.length));
    this.#frame.set(frame);
    giveBackMemoryOf(frame);
  }

  #end(frame: Buffer): void {
    this.#frame = null;
    this.#give(frame);
  }
}
