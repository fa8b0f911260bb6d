import type { Download } from '../../lib/contract/endpoint.ts';
import type { Failure } from '../../lib/contract/failure.ts';
import type { MessageEnd } from '../../lib/contract/messages.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { jsonIn, say } from '../../lib/i18n/sentences/sentence.ts';
import type { ApiAnswer, ApiRequest } from './api-request.ts';
import { ndjsonStream } from './ndjson.ts';
import { failureFrom } from './problem-answer.ts';
import { localeOf } from './request-locale.ts';

/** A stream's status is held back this long, so that what fails at once is a problem and not a broken stream. */
const STREAM_PATIENCE_MS = 1000;
/** Text goes out in chunks of at least this many characters, while there is more. */
const CHUNK_LENGTH = 65_536;

export interface StreamedAnswer {
  readonly status: number;
  /** For the log, when something fails that nobody foresaw. */
  readonly subject: string;
  readonly request: ApiRequest;
}

/** One JSON value a line, as they come. */
export async function linesAnswer(
  { status, subject, request }: StreamedAnswer,
  source: AsyncIterator<unknown>,
): Promise<ApiAnswer> {
  const first = source.next();
  await soon(first);
  const locale = localeOf(request.headers);
  const body = ndjsonStream(
    source,
    first,
    (error) => (request.signal.aborted ? null : failedLine(failureFrom(error, subject))),
    (line) => jsonIn(() => locale, line),
  );
  // Compressing would hold lines back.
  const headers = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store, no-transform' };
  return { status, headers, body };
}

/** A file. Where its text breaks off the stream does too: the connection is cut, and nobody takes the part for the whole. */
export async function downloadAnswer(
  { status, subject, request }: StreamedAnswer,
  { fileName, mediaType, text }: Download,
): Promise<ApiAnswer> {
  const source = text[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<string>> | null = source.next();
  await soon(next);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let chunk = '';
        try {
          while (chunk.length < CHUNK_LENGTH) {
            const result: IteratorResult<string> = await (next ?? source.next());
            next = null;
            if (result.done) {
              if (chunk !== '') controller.enqueue(encoder.encode(chunk));
              controller.close();
              return;
            }
            chunk += result.value;
          }
          controller.enqueue(encoder.encode(chunk));
        } catch (error) {
          if (!request.signal.aborted) failureFrom(error, subject);
          controller.error(error);
        }
      },
      async cancel() {
        await source.return?.();
      },
    },
    { highWaterMark: 1 },
  );
  const headers = {
    'content-type': `${mediaType}; charset=utf-8`,
    'content-disposition': `attachment; filename="${fileName.replace(/[^\w. -]/g, '_')}"`,
    'cache-control': 'no-store, no-transform',
  };
  return { status, headers, body };
}

/** Until the first part is there, or for as long as it may keep the status waiting. @throws what it fails with */
async function soon(first: Promise<unknown>): Promise<void> {
  const { promise: patience, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, STREAM_PATIENCE_MS);
  try {
    await Promise.race([first, patience]);
  } finally {
    clearTimeout(timer);
  }
}

/** What ends a stream that broke: the shape of the contract's last line, with the reason. */
function failedLine({ code, said: { detail, action } }: Failure): Unspoken<MessageEnd> {
  return {
    type: 'end',
    reason: 'failed',
    scanned: 0,
    matched: 0,
    sent: 0,
    nextFrom: {},
    problems: [{ subject: say('api.stream'), code, detail, action }],
  };
}
