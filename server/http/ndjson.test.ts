import { describe, expect, it } from 'vitest';
import { ndjsonStream } from './ndjson.ts';

/** Numbers from 0, and what happened to the one who makes them. */
function counter(length: number, options: { slow?: boolean; failAt?: number } = {}) {
  const state = { made: 0, stopped: false };
  async function* numbers() {
    try {
      for (let n = 0; n < length; n++) {
        if (options.slow) await new Promise((resolve) => setTimeout(resolve, 5));
        if (n === options.failAt) throw new Error('broken');
        state.made++;
        yield { n, padding: 'x'.repeat(1000) };
      }
    } finally {
      state.stopped = true;
    }
  }
  return { state, source: numbers() };
}

function streamOf<Value>(source: AsyncGenerator<Value>): ReadableStream<Uint8Array> {
  return ndjsonStream<Value | { last: string }>(source, source.next(), (error) => ({ last: String(error) }));
}

async function linesOf(stream: ReadableStream<Uint8Array>): Promise<{ n?: number; last?: string }[]> {
  const text = await new Response(stream).text();
  expect(text === '' || text.endsWith('\n')).toBe(true);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

describe('a stream of JSON lines', () => {
  it('has every value on a line of its own', async () => {
    const lines = await linesOf(streamOf(counter(500).source));
    expect(lines.map(({ n }) => n)).toEqual(Array.from({ length: 500 }, (_, n) => n));
  });

  it('sends a line as soon as it is there, without waiting for more', async () => {
    const reader = streamOf(counter(100, { slow: true }).source).getReader();
    const { value } = await reader.read();
    expect(new TextDecoder().decode(value).split('\n').filter(Boolean)).toHaveLength(1);
    await reader.cancel();
  });

  it('makes no more than a reader takes', async () => {
    const { state, source } = counter(100_000);
    const reader = streamOf(source).getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 50));
    // Lines of 1 kB, chunks of 32 kB: what was read, and one chunk ahead.
    expect(state.made).toBeLessThan(120);
    await reader.cancel();
  });

  it('stops its source when the reader goes away', async () => {
    const { state, source } = counter(100_000);
    const reader = streamOf(source).getReader();
    await reader.read();
    await reader.cancel();
    expect(state.stopped).toBe(true);
  });

  it('ends with the reason when its source fails', async () => {
    const lines = await linesOf(streamOf(counter(100, { failAt: 3 }).source));
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toEqual({ last: 'Error: broken' });
  });

  it('may be empty', async () => {
    expect(await linesOf(streamOf(counter(0).source))).toEqual([]);
  });
});
