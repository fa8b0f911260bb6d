import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RegistrySource } from '../serde-source.ts';

interface Registered {
  schema: string;
  schemaType?: string;
  references?: { name: string; subject: string; version: number }[];
}

/** A schema registry as Confluent's answers, which a test fills and breaks. */
export class FakeRegistry {
  readonly schemas = new Map<number | string, Registered>();
  readonly subjects = new Map<string, number>();
  /** What was asked for, in order. */
  readonly asked: string[] = [];
  readonly seen: IncomingMessage[] = [];
  /** Given instead of an answer; `silent` never answers. */
  trouble: { status: number; body?: string } | 'silent' | null = null;
  readonly #server = createServer((request, response) => {
    const path = request.url ?? '';
    this.asked.push(path);
    this.seen.push(request);
    if (this.trouble === 'silent') return;
    const answer = this.trouble ?? this.#answer(decodeURIComponent(path));
    response.writeHead(answer.status, { 'content-type': 'application/vnd.schemaregistry.v1+json' });
    response.end(answer.body ?? '{}');
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get source(): RegistrySource {
    const { port } = this.#server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/ccompat`, auth: null, tls: null, timeoutMs: 300 };
  }

  #answer(path: string): { status: number; body: string } {
    const byId = /^\/ccompat\/schemas\/(?:ids|guids)\/([^?]+)/.exec(path)?.[1];
    if (byId !== undefined)
      return told(this.schemas.get(byId) ?? this.schemas.get(Number(byId)), { id: Number(byId) });
    const [, subject = ''] = /^\/ccompat\/subjects\/([^/]+)\/versions\//.exec(path) ?? [];
    const id = this.subjects.get(subject);
    return told(id === undefined ? undefined : this.schemas.get(id), { subject, version: 1, id });
  }
}

function told(schema: Registered | undefined, more: object): { status: number; body: string } {
  return schema
    ? { status: 200, body: JSON.stringify({ ...schema, ...more }) }
    : { status: 404, body: JSON.stringify({ error_code: 40403, message: 'Schema not found' }) };
}
