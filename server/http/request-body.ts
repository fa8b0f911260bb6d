import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { ApiRequest } from './api-request.ts';
import { bodyChunks } from './body-chunks.ts';

/** What a body of a few megabytes may take. */
const WITHIN_MS = 300_000;

/**
 * The JSON of a request's body; undefined when there is none.
 *
 * @param maxBytes more than this is refused without being kept
 * @throws Failure `payload_too_large`, `unsupported_media_type`, `invalid_request`
 */
export async function readJsonBody(request: ApiRequest, maxBytes: number): Promise<unknown> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  const bytes = await readBytes(request, maxBytes);
  if (bytes.length === 0) return undefined;
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type.trim())) {
    throw new Failure('unsupported_media_type', say('body.notJsonType'), {
      action: say('body.notJsonType.do'),
    });
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Failure('invalid_request', say('body.notJson'), {
      fields: [{ field: 'body', message: say('body.notJson.field') }],
    });
  }
}

async function readBytes(request: ApiRequest, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bodyChunks(request, { withinMs: WITHIN_MS })) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function tooLarge(maxBytes: number): Failure {
  return new Failure('payload_too_large', say('body.tooLarge', { bytes: maxBytes }), {
    action: say('body.tooLarge.do'),
  });
}
