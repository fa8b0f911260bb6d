import type { TopicReading } from '../topic-reading.ts';
import type { FromScan, PackedMessage, Taken } from './order.ts';
import type { Sink } from './sink.ts';
import { pack } from './transfer.ts';

/** Messages that may be under way to the other thread before it has taken any. */
const MOST_UNDER_WAY = 512;
const REPORT_EVERY_MS = 100;

/** Tells each message, and waits where the other thread does not take them. */
export class MessageSink implements Sink {
  readonly #reading: TopicReading;
  readonly #say: (told: FromScan) => void;
  readonly #room = new Room();
  #found: PackedMessage[] = [];

  constructor(reading: TopicReading, say: (told: FromScan) => void) {
    this.#reading = reading;
    this.#say = say;
  }

  async run(signal: AbortSignal): Promise<void> {
    const timer = setInterval(() => this.#report(), REPORT_EVERY_MS);
    try {
      for await (const { timestamp, message } of this.#reading.messages(signal)) {
        // What is found in one turn goes together.
        if (this.#found.length === 0) setImmediate(() => this.#found.length > 0 && this.#report());
        this.#found.push({ timestamp, message: pack(message) });
        if (this.#room.take()) continue;
        this.#report();
        await this.#room.wait(signal);
      }
    } finally {
      clearInterval(timer);
      this.#report();
    }
  }

  hear({ count }: Taken): void {
    this.#room.free(count);
  }

  #report(): void {
    const messages = this.#found;
    this.#found = [];
    const { timestamp, goOn, unevaluated } = this.#reading;
    const progress = pack(this.#reading.progress());
    this.#say({ kind: 'report', messages, timestamp, unevaluated, progress, goOn });
  }
}

/** How many more messages may be under way. */
class Room {
  #left = MOST_UNDER_WAY;
  #resume: (() => void) | null = null;

  /** False when that was the last one for now. */
  take(): boolean {
    this.#left -= 1;
    return this.#left > 0;
  }

  free(count: number): void {
    this.#left += count;
    this.#resume?.();
  }

  async wait(signal: AbortSignal): Promise<void> {
    while (this.#left <= 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    this.#resume = null;
  }
}
