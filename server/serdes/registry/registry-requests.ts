import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Sentence } from '../../../lib/contract/sentence.ts';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { SerdeError } from '../serde.ts';
import type { RegistrySource } from '../serde-source.ts';

/** Larger than any schema; what is longer is not read. */
const MOST_BYTES = 16 * 1024 * 1024;
const TYPES = 'application/vnd.schemaregistry.v1+json, application/json';
const CONNECTIONS = 4;

/**
 * Why a schema cannot be had. `unknown`: the registry has answered that there is no such thing; `down`: it does not answer, or
 * not as a registry, and nothing else will be had from it at the moment.
 */
export class RegistryError extends SerdeError {
  readonly kind: 'unknown' | 'down';

  constructor(kind: 'unknown' | 'down', sentence: Sentence) {
    super(sentence);
    this.kind = kind;
  }
}

/** The kind of an error; null for one that is not of the registry. */
export function registryTrouble(error: unknown): RegistryError['kind'] | null {
  return error instanceof SerdeError && 'kind' in error ? (error as RegistryError).kind : null;
}

/** Requests to a schema registry with Confluent's API. Redirects are not followed: credentials go to this address only. */
export class RegistryRequests {
  readonly #source: RegistrySource;
  readonly #agent: HttpAgent | HttpsAgent;

  constructor(source: RegistrySource) {
    this.#source = source;
    const pool = { keepAlive: true, maxSockets: CONNECTIONS };
    const { tls } = source;
    this.#agent = source.url.startsWith('https:')
      ? new HttpsAgent({ ...pool, ...(tls ?? {}) })
      : new HttpAgent(pool);
  }

  /**
   * What a GET answers.
   *
   * @throws RegistryError
   */
  async get(path: string): Promise<unknown> {
    const { status, body } = await this.#send(path);
    if (status === 404) throw new RegistryError('unknown', say('registry.notFound'));
    if (status === 401 || status === 403)
      throw new RegistryError('down', say('registry.refused', { status }));
    if (status !== 200) throw new RegistryError('down', say('registry.status', { status }));
    try {
      return JSON.parse(body);
    } catch {
      throw new RegistryError('down', say('registry.notJson'));
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(path: string): Promise<{ status: number; body: string }> {
    const { url, timeoutMs } = this.#source;
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const options = {
        agent: this.#agent,
        headers: { accept: TYPES, ...this.#authorization() },
        signal: AbortSignal.timeout(timeoutMs),
      };
      const request = send(`${url}${path}`, options, (answer) => {
        bodyOf(answer).then((body) => resolve({ status: answer.statusCode ?? 0, body }), fail);
      });
      const fail = (error: Error) => {
        request.destroy();
        reject(error instanceof SerdeError ? error : unreachable(error, timeoutMs));
      };
      request.on('error', fail);
      request.end();
    });
  }

  #authorization(): Record<string, string> {
    const { auth } = this.#source;
    if (auth === null) return {};
    if (auth.kind === 'bearer') return { authorization: `Bearer ${auth.token}` };
    const credentials = Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
    return { authorization: `Basic ${credentials}` };
  }
}

async function bodyOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MOST_BYTES) throw new RegistryError('down', say('registry.tooLong', { bytes: MOST_BYTES }));
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function unreachable(error: Error & { code?: string }, timeoutMs: number): RegistryError {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return new RegistryError('down', say('registry.silent', { seconds: timeoutMs / 1000 }));
  }
  return new RegistryError('down', say('registry.unreachable', { code: error.code ?? error.name }));
}
