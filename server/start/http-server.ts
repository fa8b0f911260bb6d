import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SettingError } from '../config/setting-error.ts';
import { auditRefusal } from '../http/audit-refusal.ts';
import { admit, type Refusal } from '../http/gate.ts';
import { knownRoute } from '../http/known-routes.ts';
import { answerWith } from '../http/node-bridge.ts';
import { problemAnswer } from '../http/problem-answer.ts';
import { localeOf } from '../http/request-locale.ts';
import { contentSecurityPolicy, newNonce, SECURITY_HEADERS } from '../http/security-headers.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface HttpServerOptions {
  allowedHosts: readonly string[];
  development: boolean;
}

/** An address may have an expression of 64 KB in it, or the offsets of thousands of partitions. */
const MAX_HEADER_BYTES = 256 * 1024;

/** The console's one listening socket: the gate and the headers that every answer has, then Next.js. */
export class HttpServer {
  readonly server: Server;
  readonly #options: HttpServerOptions;
  readonly #serving = Promise.withResolvers<Handle>();

  constructor(options: HttpServerOptions) {
    this.#options = options;
    // How long a body may take is for the one who reads it to say: an import may take hours.
    const limits = {
      headersTimeout: 20_000,
      keepAliveTimeout: 10_000,
      requestTimeout: 0,
      maxHeaderSize: MAX_HEADER_BYTES,
    };
    this.server = createServer(limits, (request, response) => {
      this.#receive(request, response).catch(() => response.destroy());
    });
  }

  /**
   * Takes the address before anything else is started. Gives the port. Requests wait for `serve()`.
   *
   * @throws SettingError when it cannot be had
   */
  async listen(host: string, port: number): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.server.once('error', reject);
    this.server.listen({ host, port }, resolve);
    try {
      await promise;
    } catch (error) {
      throw new SettingError(reasonOf((error as NodeJS.ErrnoException).code ?? 'unknown', host, port));
    }
    this.server.removeListener('error', reject);
    return (this.server.address() as AddressInfo).port;
  }

  serve(handle: Handle): void {
    this.#serving.resolve(handle);
  }

  /** Takes no more requests and ends those under way, streams too. */
  close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.server.close(() => resolve());
    this.server.closeAllConnections();
    return promise;
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const gate = admit(request, this.#options.allowedHosts);
    if ('problem' in gate) {
      auditRefusal(request, gate.problem);
      return refuse(request, response, gate);
    }
    // In development Next.js has to see every request: it loads routes anew when their sources change.
    const handler = gate.endpoint && !this.#options.development ? knownRoute(gate.endpoint) : null;
    if (handler) return answerWith(handler, request, response);
    if (!request.url?.startsWith('/api/') && !request.url?.startsWith('/_next/static/')) {
      const nonce = newNonce();
      const policy = contentSecurityPolicy(nonce, this.#options.development);
      response.setHeader('content-security-policy', policy);
      request.headers['content-security-policy'] = policy;
      request.headers['x-nonce'] = nonce;
    }
    const handle = await this.#serving.promise;
    await handle(request, response);
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, { problem, headers }: Refusal): void {
  const locale = localeOf({ get: (name) => String(request.headers[name] ?? '') });
  const answer = problemAnswer(problem, locale);
  // The body of a refused request is not read.
  response.writeHead(answer.status, { ...headers, ...answer.headers, connection: 'close' });
  response.end(answer.body);
}

function reasonOf(code: string, host: string, port: number): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is in use; stop what uses it, or choose another with PORT=<number>`;
  }
  if (code === 'EACCES')
    return `Port ${port} needs rights that you do not have; choose one from 1024 up with PORT`;
  return `The address ${host}:${port} cannot be listened on (${code}); choose another with HOST and PORT`;
}
