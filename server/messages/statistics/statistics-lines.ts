import type { Unspoken } from '../../../lib/contract/sentence.ts';
import type { StatisticsLine } from '../../../lib/contract/statistics.ts';
import { pause } from '../pause.ts';
import type { Gathering } from './gathering.ts';

/** Figures so far are told so often, if whoever reads them keeps up. */
const TELL_EVERY_MS = 500;

type Gathered = Pick<Gathering, 'gather' | 'progress' | 'end'>;

/** The lines of a stream, which ends within moments when the signal fires or nobody reads it any more. */
export function statisticsLines(
  gathering: Gathered,
  signal: AbortSignal,
): AsyncIterable<Unspoken<StatisticsLine>> {
  const stop = new AbortController();
  const lines = linesOf(gathering, AbortSignal.any([signal, stop.signal]));
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

async function* linesOf(
  gathering: Gathered,
  signal: AbortSignal,
): AsyncGenerator<Unspoken<StatisticsLine>, void> {
  const gathered = gathering.gather(signal).then(
    () => ({ error: undefined }),
    (error: unknown) => ({ error }),
  );
  for (;;) {
    yield gathering.progress();
    const stop = new AbortController();
    const over = await Promise.race([gathered, pause(TELL_EVERY_MS, stop.signal).then(() => null)]);
    stop.abort();
    if (over) {
      yield gathering.end(over.error);
      return;
    }
  }
}
