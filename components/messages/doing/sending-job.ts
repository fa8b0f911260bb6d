import { Failure } from '../../../lib/contract/failure.ts';
import type { SendingEnd, SendingProgress } from '../../../lib/contract/sending.ts';
import { onPage } from '../../../lib/i18n/page-sentences.ts';
import { ndjsonLines } from '../ndjson-lines.ts';
import type { SendingContext, SendingJob } from './sending-feed.ts';

type Line = SendingProgress | SendingEnd;

/** Reads the stream of one sending to its last line. */
export function sendingJob(open: (signal: AbortSignal) => Promise<Response>): SendingJob {
  return async (context) => readSending(await open(context.signal), context);
}

async function readSending({ body }: Response, { tell }: SendingContext): Promise<SendingEnd> {
  if (!body) throw new Failure('internal', onPage('noStream'));
  for await (const text of ndjsonLines(body)) {
    const line = JSON.parse(text) as Line;
    if (line.type === 'end') return line;
    tell({ ...line, share: shareOf(line) }, line.id);
  }
  throw new Failure('unavailable', onPage('sendingBrokeOff'), { action: onPage('sendingBrokeOff.do') });
}

/** By what was asked for, else by what has been looked through. */
function shareOf({ acknowledged, refused, total, scanned, remaining }: SendingProgress): number | null {
  if (total !== null && total > 0) return Math.min(1, (acknowledged + refused) / total);
  if (scanned === undefined || remaining === null || remaining === undefined) return null;
  return scanned + remaining === 0 ? 1 : scanned / (scanned + remaining);
}
