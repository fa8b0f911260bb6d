import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { SerdeError } from '../serde.ts';
import type { RegistrySource } from '../serde-source.ts';

/** Larger than any schema; what is longer is not read. */
const MOST_BYTES = 16 * 1024 * 1024;
const TYPES = 'application/vnd.schemaregistry.v1+json, application/json';
const CONNECTIONS = 4;

/** The registry has answered that there is no such thing. */
export class NotRegistered extends SerdeError {}

/** The registry does not answer, or not as a registry: nothing else will be had from it at the moment. */
export class RegistryDown extends SerdeError {}

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
   * @throws NotRegistered for 404, RegistryDown for silence, refusal and what is no registry
   */
  async get(path: string): Promise<unknown> {
    const { status, body } = await this.#send(path);
    if (status === 404) throw new NotRegistered(say('registry.notFound'));
    if (status === 401 || status === 403) throw new RegistryDown(say('registry.refused', { status }));
    if (status !== 200) throw new RegistryDown(say('registry.status', { status }));
    try {
      return JSON.parse(body);
    } catch {
      throw new RegistryDown(say('registry.notJson'));
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
    if (size > MOST_BYTES) throw new RegistryDown(say('registry.tooLong', { bytes: MOST_BYTES }));
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function unreachable(error: Error & { code?: string }, timeoutMs: number): RegistryDown {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return new RegistryDown(say('registry.silent', { seconds: timeoutMs / 1000 }));
  }
  return new RegistryDown(say('registry.unreachable', { code: error.code ?? error.name }));
}
