import type { BodyLine } from '../../lib/contract/endpoint.ts';
import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { ApiRequest } from './api-request.ts';
import { bodyChunks } from './body-chunks.ts';

/** A message may have 16 MiB, which base64 makes a third longer; keys and headers come to that. */
const MAX_LINE_BYTES = 32 * 1024 * 1024;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * The lines of an NDJSON body as they come; empty ones are left out, but count. No more is read than is asked
 * for, so that a sender goes no faster than its lines are worked off.
 *
 * @throws Failure `unsupported_media_type` at once; while it is read `payload_too_large` for a line without end and
 * `invalid_request` when the body breaks off
 */
export function requestLines(
  request: ApiRequest,
  { maxLineBytes = MAX_LINE_BYTES } = {},
): AsyncIterable<BodyLine> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/(?:x-)?(?:ndjson|jsonl(?:ines)?)\s*(?:;|$)/i.test(type.trim())) {
    throw new Failure('unsupported_media_type', say('body.notLinesType'), {
      action: say('body.notLinesType.do'),
    });
  }
  return lines(request, maxLineBytes);
}

async function* lines(request: ApiRequest, maxLineBytes: number): AsyncGenerator<BodyLine, void> {
  let number = 0;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  for await (const chunk of bodyChunks(request)) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      number += 1;
      const line = lineOf(number, [...pending, chunk.subarray(start, end)], maxLineBytes);
      pending = [];
      pendingBytes = 0;
      start = end + 1;
      if (line) yield line;
    }
    if (start === chunk.length) continue;
    pending.push(chunk.subarray(start));
    pendingBytes += chunk.length - start;
    if (pendingBytes > maxLineBytes) throw tooLong(number + 1, maxLineBytes);
  }
  const last = lineOf(number + 1, pending, maxLineBytes);
  if (last) yield last;
}

function lineOf(number: number, parts: readonly Uint8Array[], maxLineBytes: number): BodyLine | null {
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  if (bytes.length > maxLineBytes) throw tooLong(number, maxLineBytes);
  const length = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
  if (length === 0) return null;
  try {
    return { number, text: decoder.decode(bytes.subarray(0, length)) };
  } catch {
    return { number, text: null };
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function tooLong(line: number, bytes: number): Failure {
  return new Failure('payload_too_large', say('body.lineTooLong', { line, bytes }));
}
