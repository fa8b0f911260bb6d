import { type MessageEnd, type MessageLine, messageLine } from '../lib/contract/messages.ts';

/** The messages that a stream of the API gives, and how it ended. Throws unless it ends as it should. */
export async function search(url: string): Promise<{ milliseconds: number; found: number; end: MessageEnd }> {
  const began = performance.now();
  let found = 0;
  let end: MessageEnd | null = null;
  for await (const line of linesOf(url)) {
    if (line.type === 'message') found += 1;
    else if (line.type === 'end') end = line;
  }
  if (!end || end.reason === 'failed' || end.reason === 'cancelled' || end.problems.length > 0)
    throw new Error(`${url} ended with ${JSON.stringify(end)}`);
  return { milliseconds: performance.now() - began, found, end };
}

/** What a stream of the API says, line by line. Who stops reading stops the stream. */
export async function* linesOf(url: string): AsyncGenerator<MessageLine, void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  let rest = '';
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (line) yield messageLine.parse(JSON.parse(line));
  }
}
