import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ndjsonLines } from './ndjson-lines.ts';

function streamOf(chunks: Uint8Array[], onCancel: () => void = () => undefined): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream(
    {
      pull(controller) {
        const chunk = chunks[next];
        next += 1;
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  );
}

async function collect(stream: ReadableStream<Uint8Array>, limit?: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of ndjsonLines(stream, limit)) lines.push(line);
  return lines;
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe('ndjsonLines', () => {
  it('gives the same lines however the bytes are cut, inside characters too', async () => {
    const line = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => JSON.stringify({ text }));
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(fc.nat({ max: 7 })), async (lines, cuts) => {
        const all = bytes(lines.map((text) => `${text}\n`).join(''));
        const chunks: Uint8Array[] = [];
        let start = 0;
        for (const size of cuts) {
          chunks.push(all.subarray(start, start + size));
          start += size;
        }
        chunks.push(all.subarray(start));
        expect(await collect(streamOf(chunks))).toEqual(lines);
      }),
    );
  });

  it('skips blank lines and takes a last line that has no break', async () => {
    expect(await collect(streamOf([bytes('1\r\n\n  \n2')]))).toEqual(['1', '2']);
    expect(await collect(streamOf([]))).toEqual([]);
  });

  it('cancels the stream when the reader leaves', async () => {
    let cancelled = false;
    const stream = streamOf([bytes('1\n2\n'), bytes('3\n')], () => {
      cancelled = true;
    });
    for await (const line of ndjsonLines(stream)) {
      if (line === '1') break;
    }
    expect(cancelled).toBe(true);
  });

  it('pulls nothing while nobody asks', async () => {
    let pulls = 0;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulls += 1;
          controller.enqueue(bytes(`${pulls}\n`));
        },
      },
      { highWaterMark: 0 },
    );
    const lines = ndjsonLines(stream);
    await lines.next();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(pulls).toBe(1);
    await lines.return();
  });

  it('gives up on a line without end', async () => {
    const stream = streamOf([bytes('x'.repeat(60)), bytes('x'.repeat(60))]);
    await expect(collect(stream, 100)).rejects.toThrow(RangeError);
  });

  it('passes a broken connection on', async () => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.error(new Error('connection lost'));
      },
    });
    await expect(collect(stream)).rejects.toThrow('connection lost');
  });
});
