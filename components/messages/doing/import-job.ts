import { send } from '../../../lib/contract/client.ts';
import type { ImportLine, ImportSample } from '../../../lib/contract/exported-messages.ts';
import { Failure } from '../../../lib/contract/failure.ts';
import type { SendingEnd } from '../../../lib/contract/sending.ts';
import { onPage } from '../../../lib/i18n/page-sentences.ts';
import { ndjsonLines } from '../ndjson-lines.ts';
import { firstSlice, slicesOf } from './import-slices.ts';
import type { SendingContext, SendingJob } from './sending-feed.ts';

/** What is imported, and how. */
export interface ImportRequest {
  cluster: string;
  topic: string;
  file: Blob;
  query: { partition: 'by-key' | 'same'; timestamp: 'same' | 'now'; onError: 'stop' | 'skip' };
}

const LOOK_BYTES = 256 * 1024;

/** What the first lines of a file are. */
export interface ImportLook {
  samples: ImportSample[];
  end: SendingEnd;
}

/** Looks at the first lines; nothing is sent to Kafka. */
export async function lookAtFile(
  { cluster, topic, file, query }: ImportRequest,
  signal: AbortSignal,
): Promise<ImportLook> {
  const response = await send(
    'importMessages',
    {
      params: { cluster, topic },
      query: { ...query, dryRun: 'true' },
      body: await firstSlice(file, LOOK_BYTES),
    },
    { signal },
  );
  const samples: ImportSample[] = [];
  for await (const line of linesOf(response)) {
    if (line.type === 'sample') samples.push(line);
    else if (line.type === 'end') return { samples, end: line };
  }
  throw brokenOff();
}

/** Sends a file piece by piece. Ends with the first piece that does not go through, and says with which line to go on. */
export function importJob(request: ImportRequest): SendingJob {
  return async (context) => {
    let whole: SendingEnd | null = null;
    for await (const slice of slicesOf(request.file)) {
      if (whole && context.isCancelled()) {
        return { ...whole, reason: 'cancelled', next: { line: slice.firstLine } };
      }
      const share = { before: whole, startByte: slice.upTo - slice.blob.size, endByte: slice.upTo };
      const end = await sendSlice(request, slice, share, context);
      whole = whole ? addedEnds(whole, end) : end;
      if (end.reason !== 'done') return whole;
    }
    return whole ?? EMPTY_END;
  };
}

async function sendSlice(
  { cluster, topic, file, query }: ImportRequest,
  { blob, firstLine }: { blob: Blob; firstLine: number },
  { before, startByte, endByte }: { before: SendingEnd | null; startByte: number; endByte: number },
  { signal, tell }: SendingContext,
): Promise<SendingEnd> {
  const call = { params: { cluster, topic }, query: { ...query, firstLine }, body: blob };
  const response = await send('importMessages', call, { signal });
  for await (const line of linesOf(response)) {
    if (line.type === 'end') return line;
    if (line.type !== 'progress') continue;
    const begun = line.given > 0 ? (line.acknowledged + line.refused) / line.given : 0;
    tell(
      {
        acknowledged: line.acknowledged + (before?.acknowledged ?? 0),
        refused: line.refused + (before?.refused ?? 0),
        bytes: line.bytes + (before?.bytes ?? 0),
        elapsedMs: line.elapsedMs + (before?.elapsedMs ?? 0),
        share: (startByte + (endByte - startByte) * begun) / file.size,
        total: null,
        upTo: line.settledUpTo,
      },
      line.id,
    );
  }
  throw brokenOff();
}

async function* linesOf({ body }: Response): AsyncGenerator<ImportLine, void> {
  if (!body) throw new Failure('internal', onPage('noStream'));
  for await (const text of ndjsonLines(body)) yield JSON.parse(text) as ImportLine;
}

/** Two pieces of one sending as one. */
export function addedEnds(one: SendingEnd, other: SendingEnd): SendingEnd {
  const ranges = new Map(one.ranges.map((range) => [`${range.topic}-${range.partition}`, range]));
  for (const range of other.ranges) {
    const key = `${range.topic}-${range.partition}`;
    const known = ranges.get(key);
    ranges.set(
      key,
      known ? { ...known, lastOffset: range.lastOffset, count: known.count + range.count } : range,
    );
  }
  const { next: _, ...rest } = other;
  return {
    ...rest,
    given: one.given + other.given,
    acknowledged: one.acknowledged + other.acknowledged,
    refused: one.refused + other.refused,
    unsent: one.unsent + other.unsent,
    unknown: one.unknown + other.unknown,
    bytes: one.bytes + other.bytes,
    elapsedMs: one.elapsedMs + other.elapsedMs,
    ranges: [...ranges.values()],
    failures: [...one.failures, ...other.failures],
    problems: [...one.problems, ...other.problems],
    ...(other.next ? { next: other.next } : {}),
  };
}

const EMPTY_END: SendingEnd = {
  type: 'end',
  reason: 'done',
  given: 0,
  acknowledged: 0,
  refused: 0,
  unsent: 0,
  unknown: 0,
  bytes: 0,
  elapsedMs: 0,
  settledUpTo: 0,
  ranges: [],
  failures: [],
  problems: [],
};

function brokenOff(): Failure {
  return new Failure('unavailable', onPage('sendingBrokeOff'), { action: onPage('sendingBrokeOff.do') });
}
