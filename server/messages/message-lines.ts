import type { MessageLine } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { MessageSource, ToldMessage } from './topic-reading.ts';

/** A line of progress at least each second, however slowly messages come. */
const PROGRESS_EVERY_MS = 900;

type Source = Pick<MessageSource, 'progress' | 'end'> & { messages: AsyncGenerator<ToldMessage, void> };

/** The lines of a stream: progress first, then messages with progress among them, progress again, and the end. */
export async function* messageLines({
  messages,
  progress,
  end,
}: Source): AsyncGenerator<Unspoken<MessageLine>, void> {
  yield progress();
  let tick = new Tick();
  let next: Promise<IteratorResult<ToldMessage, void>> | null = null;
  let error: unknown;
  try {
    for (;;) {
      next ??= messages.next();
      const result: IteratorResult<ToldMessage, void> | null = await Promise.race([next, tick.done]);
      if (result === null || tick.isOver) {
        tick = new Tick();
        yield progress();
      }
      if (result === null) continue;
      next = null;
      if (result.done) break;
      yield result.value.message;
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
