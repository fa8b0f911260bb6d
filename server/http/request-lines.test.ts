import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BodyLine } from '../../lib/contract/endpoint.ts';
import type { ApiRequest } from './api-request.ts';
import { requestLines } from './request-lines.ts';

function requestOf(chunks: readonly Uint8Array[], type: string | null = 'application/x-ndjson') {
  const state = { given: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[state.given++];
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const request: ApiRequest = {
    url: 'http://127.0.0.1/',
    headers: { get: (name) => (name === 'content-type' ? type : null) },
    body,
    signal: new AbortController().signal,
  };
  return { request, state };
}

async function linesOf(chunks: readonly Uint8Array[], options?: Parameters<typeof requestLines>[1]) {
  const lines: BodyLine[] = [];
  for await (const line of requestLines(requestOf(chunks).request, options)) lines.push(line);
  return lines;
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe('lines of a body', () => {
  it('are the same wherever the chunks are cut', async () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom('a', '"', '안', '🙂', ' ') }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 7 }), fc.boolean(), async (texts, size, isEnded) => {
        const whole = bytes(texts.join('\n') + (isEnded ? '\n' : ''));
        const chunks: Uint8Array[] = [];
        for (let at = 0; at < whole.length; at += size) chunks.push(whole.subarray(at, at + size));
        const expected = texts.map((text, index) => ({ number: index + 1, text }));
        expect(await linesOf(chunks)).toEqual(expected.filter(({ text }) => text !== ''));
      }),
    );
  });

  it('count empty ones, and end with CRLF too', async () => {
    expect(await linesOf([bytes('{"a":1}\r\n\r\n\n{"b":2}\r\n')])).toEqual([
      { number: 1, text: '{"a":1}' },
      { number: 4, text: '{"b":2}' },
    ]);
  });

  it('that are not UTF-8 have no text, and the others do', async () => {
    const lines = await linesOf([bytes('a\n'), new Uint8Array([0xff, 0x0a]), bytes('b')]);
    expect(lines).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: null },
      { number: 3, text: 'b' },
    ]);
  });

  it('without end are refused before they fill the memory', async () => {
    const { request, state } = requestOf(Array.from({ length: 1000 }, () => new Uint8Array(1000).fill(0x61)));
    const read = async () => {
      for await (const _ of requestLines(request, { maxLineBytes: 10_000 }));
    };
    await expect(read()).rejects.toMatchObject({
      code: 'payload_too_large',
      message: expect.stringContaining('Line 1'),
    });
    expect(state.given).toBeLessThan(13);
    await expect(linesOf([bytes(`ok\n${'x'.repeat(50)}\n`)], { maxLineBytes: 20 })).rejects.toMatchObject({
      message: expect.stringContaining('Line 2'),
    });
  });

  it('are read no faster than they are taken', async () => {
    const { request, state } = requestOf(Array.from({ length: 100 }, (_, n) => bytes(`${n}\n`)));
    const lines = requestLines(request)[Symbol.asyncIterator]();
    for (let n = 0; n < 3; n++) expect((await lines.next()).value).toMatchObject({ text: String(n) });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(state.given).toBeLessThanOrEqual(4);
  });

  it.each([null, 'application/json', 'text/plain', 'application/x-ndjsonx'])('are not %s', (type) => {
    expect(() => requestLines(requestOf([], type).request)).toThrow(
      expect.objectContaining({ code: 'unsupported_media_type' }),
    );
  });

  it.each(['application/x-ndjson; charset=utf-8', 'application/jsonl', 'Application/NDJSON'])(
    'may be %s',
    (type) => {
      expect(() => requestLines(requestOf([], type).request)).not.toThrow();
    },
  );
});
