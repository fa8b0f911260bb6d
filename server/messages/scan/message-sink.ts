import type { Message } from '../../../lib/contract/messages.ts';
import type { Unspoken } from '../../../lib/contract/sentence.ts';
import type { TopicReading } from '../topic-reading.ts';
import type { FromScan, PackedMessage, Taken } from './order.ts';
import type { Sink } from './sink.ts';
import { pack } from './transfer.ts';

/** What may be under way to the other thread before it has taken any. */
const MOST_UNDER_WAY = { messages: 512, bytes: 8 * 1024 * 1024 };
const RECORD_OVERHEAD_BYTES = 1000;
const HEADER_OVERHEAD_BYTES = 200;
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
        const bytes = weightOf(message);
        this.#found.push({ timestamp, bytes, message: pack(message) });
        if (this.#room.take(bytes)) continue;
        this.#report();
        await this.#room.wait(signal);
      }
    } finally {
      clearInterval(timer);
      this.#report();
    }
  }

  hear({ count, bytes = 0 }: Taken): void {
    this.#room.free(count, bytes);
  }

  #report(): void {
    const messages = this.#found;
    this.#found = [];
    const { timestamp, goOn, unevaluated } = this.#reading;
    const progress = pack(this.#reading.progress());
    this.#say({ kind: 'report', messages, timestamp, unevaluated, progress, goOn });
  }
}

/** What a message takes in memory, roughly. */
function weightOf({ key, value, headers }: Unspoken<Message>): number {
  const parts = [key, value, ...headers.map((header) => header.value)];
  return parts.reduce(
    (sum, part) => sum + (part ? part.data.length + (part.decoded?.text?.length ?? 0) : 0),
    RECORD_OVERHEAD_BYTES + headers.length * HEADER_OVERHEAD_BYTES,
  );
}

/** How much more may be under way. */
class Room {
  #messages = MOST_UNDER_WAY.messages;
  #bytes = MOST_UNDER_WAY.bytes;
  #resume: (() => void) | null = null;

  /** False when that was the last one for now. */
  take(bytes: number): boolean {
    this.#messages -= 1;
    this.#bytes -= bytes;
    return this.#isThere;
  }

  free(messages: number, bytes: number): void {
    this.#messages += messages;
    this.#bytes += bytes;
    this.#resume?.();
  }

  async wait(signal: AbortSignal): Promise<void> {
    while (!this.#isThere && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    this.#resume = null;
  }

  get #isThere(): boolean {
    return this.#messages > 0 && this.#bytes > 0;
  }
}
