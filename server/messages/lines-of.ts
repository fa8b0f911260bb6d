import type { MessageLine } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { messageLines } from './message-lines.ts';
import type { MessageSource } from './topic-reading.ts';

/** The lines of a stream, which ends within moments when the signal fires or nobody reads it any more. */
export function linesOf(source: MessageSource, signal: AbortSignal): AsyncIterable<Unspoken<MessageLine>> {
  const stop = new AbortController();
  const lines = messageLines({
    messages: source.messages(AbortSignal.any([signal, stop.signal])),
    progress: () => source.progress(),
    end: (error) => source.end(error),
  });
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => lines.next(),
      // A generator only hears of this when it yields the next time: what it waits for has to end.
      return: () => {
        stop.abort();
        return lines.return();
      },
    }),
  };
}
