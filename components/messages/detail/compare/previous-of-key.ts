import { Failure } from '../../../../lib/contract/failure.ts';
import type { Message, MessageLine } from '../../../../lib/contract/messages.ts';
import { spoken } from '../../../../lib/contract/sentence.ts';
import { onPage } from '../../../../lib/i18n/page-sentences.ts';
import { ndjsonLines } from '../../ndjson-lines.ts';
import { payloadText } from '../../payload-bytes.ts';

/** What to ask for the message before this one with the same key; null where a key cannot be asked for. */
export function queryOfPrevious({ key, partition, offset }: Message) {
  if (key === null || key.isTruncated || key.size === 0) return null;
  return {
    key: payloadText(key),
    partitions: String(partition),
    from: 'earliest',
    until: `offset:${offset}`,
    order: 'newest' as const,
    limit: 1,
  };
}

/**
 * The one message that a stream finds, or null when it ends without. Throws the failure that ends it.
 *
 * @param onScanned called with how many were looked at so far
 */
export async function readPrevious(
  stream: ReadableStream<Uint8Array>,
  onScanned: (scanned: number) => void,
): Promise<Message | null> {
  for await (const line of ndjsonLines(stream)) {
    const parsed = JSON.parse(line) as MessageLine;
    if (parsed.type === 'message') return parsed;
    onScanned(parsed.scanned);
    if (parsed.type === 'end') {
      const [problem] = parsed.problems;
      if (problem) throw new Failure(problem.code, spoken(problem.detail));
      return null;
    }
  }
  throw new Failure('unavailable', onPage('brokeOff'), { action: onPage('brokeOff.do') });
}
