import type { Message, MessageEnd, MessageLine, MessageProgress } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';

/** A line of progress at least each second, however slowly messages come. */
const PROGRESS_EVERY_MS = 900;

export interface MessageSource {
  messages: AsyncGenerator<Message, void>;
  progress: () => Unspoken<MessageProgress>;
  /** What is said last; `error` is what ended `messages`, if something did. */
  end: (error: unknown) => Unspoken<MessageEnd>;
}

/** The lines of a stream: progress first, then messages with progress among them, progress again, and the end. */
export async function* messageLines({
  messages,
  progress,
  end,
}: MessageSource): AsyncGenerator<Unspoken<MessageLine>, void> {
  yield progress();
  let tick = new Tick();
  let next: Promise<IteratorResult<Message, void>> | null = null;
  let error: unknown;
  try {
    for (;;) {
      next ??= messages.next();
      const result: IteratorResult<Message, void> | null = await Promise.race([next, tick.done]);
      if (result === null || tick.isOver) {
        tick = new Tick();
        yield progress();
      }
      if (result === null) continue;
      next = null;
      if (result.done) break;
      yield result.value;
    }
  } catch (reason) {
    error = reason;
  } finally {
    tick.stop();
    await messages.return();
  }
  yield progress();
  yield end(error);
}

class Tick {
  isOver = false;
  readonly done: Promise<null>;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.done = new Promise((resolve) => {
      this.#timer = setTimeout(() => {
        this.isOver = true;
        resolve(null);
      }, PROGRESS_EVERY_MS);
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
