import { describe, expect, it } from 'vitest';
import { Failure } from '../../../lib/contract/failure.ts';
import { spoken } from '../../../lib/contract/sentence.ts';
import { StatisticsFeed } from './statistics-feed.ts';

const progress = (matched: number) => ({ type: 'progress', matched, statistics: { matched, partial: true } });
const end = (matched?: number) => ({
  type: 'end',
  reason: matched === undefined ? 'failed' : 'sample',
  ...(matched === undefined ? {} : { statistics: { matched, partial: false } }),
});

/** A stream that gives lines when it is told to. */
function source() {
  let controller: ReadableStreamDefaultController<Uint8Array>;
  let isCancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    start: (own) => {
      controller = own;
    },
    cancel: () => {
      isCancelled = true;
    },
  });
  return {
    open: async (signal: AbortSignal) => {
      signal.addEventListener('abort', () => !isCancelled && controller.error(new Error('aborted')));
      return stream;
    },
    give: (line: object) => controller.enqueue(new TextEncoder().encode(`${JSON.stringify(line)}\n`)),
    close: () => controller.close(),
  };
}

const until = (feed: StatisticsFeed, wanted: (state: ReturnType<StatisticsFeed['getSnapshot']>) => boolean) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (!wanted(feed.getSnapshot())) return;
      leave();
      resolve();
    };
    const leave = feed.subscribe(look);
    look();
  });

describe('a feed of statistics', () => {
  it('shows the newest figures, and that it has ended', async () => {
    const [feed, lines] = [new StatisticsFeed(), source()];
    feed.start(lines.open);
    expect(feed.getSnapshot()).toMatchObject({ state: 'connecting', statistics: null });
    lines.give(progress(1));
    await until(feed, ({ statistics }) => statistics?.matched === 1);
    expect(feed.getSnapshot().state).toBe('gathering');
    lines.give(progress(2));
    lines.give(end(3));
    lines.close();
    await until(feed, ({ state }) => state === 'ended');
    expect(feed.getSnapshot()).toMatchObject({
      statistics: { matched: 3, partial: false },
      end: { reason: 'sample' },
    });
  });

  it('keeps the figures when it is stopped, and hears no more', async () => {
    const [feed, lines] = [new StatisticsFeed(), source()];
    feed.start(lines.open);
    lines.give(progress(5));
    await until(feed, ({ statistics }) => statistics !== null);
    feed.stop();
    expect(feed.getSnapshot()).toMatchObject({ state: 'stopped', statistics: { matched: 5 } });
    feed.stop();
    expect(feed.getSnapshot().state).toBe('stopped');
  });

  it('keeps the figures when the stream breaks off, and says so', async () => {
    const [feed, lines] = [new StatisticsFeed(), source()];
    feed.start(lines.open);
    lines.give(progress(5));
    lines.close();
    await until(feed, ({ state }) => state === 'failed');
    expect(feed.getSnapshot()).toMatchObject({
      statistics: { matched: 5 },
      failure: { code: 'unavailable' },
    });
  });

  it('keeps the figures when the server ends the stream without any', async () => {
    const [feed, lines] = [new StatisticsFeed(), source()];
    feed.start(lines.open);
    lines.give(progress(5));
    lines.give(end());
    lines.close();
    await until(feed, ({ state }) => state === 'ended');
    expect(feed.getSnapshot()).toMatchObject({ statistics: { matched: 5 }, end: { reason: 'failed' } });
  });

  it('says why it could not begin, and forgets it when it begins anew', async () => {
    const feed = new StatisticsFeed();
    feed.start(() => Promise.reject(new Failure('not_found', spoken('no such topic'))));
    await until(feed, ({ state }) => state === 'failed');
    expect(feed.getSnapshot().failure?.code).toBe('not_found');
    feed.start(source().open);
    expect(feed.getSnapshot()).toMatchObject({ state: 'connecting', failure: null });
    feed.reset();
    expect(feed.getSnapshot().state).toBe('idle');
  });
});
