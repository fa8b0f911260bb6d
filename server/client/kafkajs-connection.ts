/**
 * The seam with kafkajs 2.2.4, and the only file that knows its inside. kafkajs opens the connection and authenticates on
 * it (TLS, every SASL mechanism, reauthentication); what is sent over it are `protocol/` requests, since kafkajs knows
 * neither the newer APIs nor the newer versions. A connection that broke is thrown away, never reopened: kafkajs would
 * keep half an answer of the old socket and take the new socket's bytes for the rest of it.
 */
import net from 'node:net';
import tls from 'node:tls';
import Connection from 'kafkajs/src/network/connection.js';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import { Failure } from '../../lib/contract/failure.ts';
import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { type Api, decode, encode, type Input } from '../protocol/codec.ts';
import { ERROR } from '../protocol/errors.ts';
import { decodeResponse } from '../protocol/frame.ts';
import { apiVersionsApi } from '../protocol/messages/api-versions.ts';
import { AnswerFrames } from './answer-frames.ts';
import { connectionFailure, lostConnection } from './connection-failure.ts';
import type { TlsSettings } from './connection-settings.ts';
import { negotiate, type OfferedVersions } from './offered-versions.ts';

export const CLIENT_ID = 'kafdeck';
const SOFTWARE_NAME = 'kafdeck';
const SOFTWARE_VERSION = '0.1.0';
const API_VERSIONS_KEY = 18;

export interface Address {
  readonly host: string;
  readonly port: number;
}

export type Log = (level: 'debug' | 'info' | 'warn' | 'error', message: string, details: object) => void;

export interface ConnectionOptions {
  address: Address;
  /** How the broker is called in messages, e.g. `Broker 2 (127.0.0.1:9093)`; a bootstrap server gets its id later. */
  label: () => Sentence;
  tls: TlsSettings | null;
  /** As kafkajs takes it; shared by all connections of a client, since kafkajs keeps state on it. */
  sasl: object | null;
  connectionTimeoutMs: number;
  /** Milliseconds for connecting, negotiating and authenticating together. */
  openTimeoutMs: number;
  log: Log;
}

// After every answer kafkajs sets a timer to look for requests it held back, with a negative delay when there are none,
// which Node 24 warns about on stderr. Without requests held back there is nothing to look for.
const { scheduleCheckPendingRequests } = RequestQueue.prototype;
RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
  if (this.pending.length > 0) scheduleCheckPendingRequests.call(this);
};

/** One open, authenticated connection to a broker. */
export class BrokerConnection {
  readonly offered: OfferedVersions;
  readonly #wire: Connection;
  readonly #label: () => Sentence;
  #closed = false;
  /** When each request that is not answered yet was sent, oldest first; also those nobody waits for any more. */
  readonly #unanswered = new Set<{ since: number }>();
  lastUsedAt = Date.now();

  private constructor(wire: Connection, label: () => Sentence, offered: OfferedVersions) {
    this.#wire = wire;
    this.#label = label;
    this.offered = offered;
  }

  /** Connects, learns the versions, authenticates. Throws a Failure. */
  static async open(options: ConnectionOptions): Promise<BrokerConnection> {
    const { address, label, log } = options;
    const wire = new Connection({
      host: address.host,
      port: address.port,
      clientId: CLIENT_ID,
      logger: silentLogger(log),
      socketFactory: ({ host, port, onConnect }) => openSocket(host, port, options.tls, onConnect),
      connectionTimeout: options.connectionTimeoutMs,
      // Deadlines are kept here, by request: kafkajs's would poll every 100 ms and cannot be shorter than its default.
      requestTimeout: 2 ** 31 - 1,
      enforceRequestTimeout: false,
      ssl: options.tls,
      sasl: options.sasl,
    });
    const opening = async (): Promise<OfferedVersions> => {
      await wire.connect();
      const offered = await readOffered(wire, label());
      const known: Record<number, { minVersion: number; maxVersion: number }> = {};
      for (const [key, { min, max }] of offered.apis) known[key] = { minVersion: min, maxVersion: max };
      wire.setVersions(known);
      wire.setSupportAuthenticationProtocol(offered.apis.has(SASL_AUTHENTICATE_KEY));
      await wire.authenticate();
      return offered;
    };
    try {
      const offered = await withDeadline(opening(), options.openTimeoutMs, label());
      return new BrokerConnection(wire, label, offered);
    } catch (error) {
      discard(wire, error instanceof Error ? error : new Error(String(error)));
      throw connectionFailure(error, label());
    }
  }

  get isUsable(): boolean {
    return !this.#closed && this.#wire.isConnected();
  }

  get unansweredCount(): number {
    return this.#unanswered.size;
  }

  /** Milliseconds for which its oldest request has been waiting; 0 when none is. */
  get waitingMs(): number {
    for (const { since } of this.#unanswered) return Date.now() - since;
    return 0;
  }

  /** The version to use; throws `unsupported_by_cluster`. */
  versionFor<Request, Response>(api: Api<Request, Response>): number {
    return negotiate(api, this.offered, this.#label());
  }

  /** Sends a request and gives the answer's bytes, its header taken off. Throws a Failure when the connection breaks. */
  async exchange<Request, Response>(
    api: Api<Request, Response>,
    version: number,
    body: Input<Request>,
  ): Promise<Buffer> {
    const waiting = { since: Date.now() };
    this.#unanswered.add(waiting);
    this.lastUsedAt = waiting.since;
    try {
      return await sendOver(this.#wire, api, version, body);
    } catch (error) {
      throw lostConnection(error, this.#label(), api.name);
    } finally {
      this.#unanswered.delete(waiting);
      this.lastUsedAt = Date.now();
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    discard(this.#wire, new Failure('unavailable', say('link.brokerClosed', { broker: this.#label() })));
  }
}

const SASL_AUTHENTICATE_KEY = 36;

/** Decodes what `exchange` gave. Throws a ProtocolError. */
export function decodeAnswer<Request, Response>(
  api: Api<Request, Response>,
  version: number,
  payload: Buffer,
): Response {
  const hasTags = version >= api.flexibleVersion && api.key !== API_VERSIONS_KEY;
  if (!hasTags) return decode(api.response, version, payload);
  if (payload[0] === 0) return decode(api.response, version, payload, 1);
  const frame = Buffer.concat([Buffer.alloc(CORRELATION_ID_BYTES), payload]);
  return decodeResponse(api, version, frame).body;
}

const CORRELATION_ID_BYTES = 4;

function sendOver<Request, Response>(
  wire: Connection,
  api: Api<Request, Response>,
  version: number,
  body: Input<Request>,
): Promise<Buffer> {
  // kafkajs writes request header v1; in header v2 (KIP-482) the byte that counts the tagged fields follows it.
  const tagged = version >= api.flexibleVersion ? 1 : 0;
  const bytes = encode(api.request, version, body, tagged);
  if (tagged) bytes[0] = 0;
  return wire.send({
    request: {
      apiKey: api.key,
      apiVersion: version,
      apiName: api.name,
      encode: async () => ({ buf: bytes, buffer: bytes }),
    },
    response: { decode: async (payload) => payload, parse: async (payload: Buffer) => payload },
    logResponseError: false,
  });
}

/** A broker that does not know our version answers in version 0 and says which ones it knows (KIP-511). */
async function readOffered(wire: Connection, label: Sentence): Promise<OfferedVersions> {
  let version = apiVersionsApi.maxVersion;
  for (;;) {
    const body = { clientSoftwareName: SOFTWARE_NAME, clientSoftwareVersion: SOFTWARE_VERSION };
    const payload = await sendOver(wire, apiVersionsApi, version, body);
    if (payload.readInt16BE(0) !== ERROR.UNSUPPORTED_VERSION) {
      const answer = decodeAnswer(apiVersionsApi, version, payload);
      return {
        apis: new Map(
          answer.apiKeys.map((api) => [api.apiKey, { min: api.minVersion, max: api.maxVersion }]),
        ),
        supportedFeatures: new Map(
          answer.supportedFeatures.map(({ name, maxVersion }) => [name, maxVersion]),
        ),
      };
    }
    if (version === 0) throw new Failure('unsupported_by_cluster', say('link.noVersions', { broker: label }));
    const told = decodeAnswer(apiVersionsApi, 0, payload).apiKeys.find(
      (api) => api.apiKey === API_VERSIONS_KEY,
    );
    version = Math.min(told?.maxVersion ?? 0, version - 1);
  }
}

/** What sockets read into, one after the other: it is copied from before the next one reads. */
const READ_BUFFER = Buffer.allocUnsafeSlow(256 * 1024);

function openSocket(
  host: string,
  port: number,
  settings: TlsSettings | null,
  onConnect: () => void,
): net.Socket {
  const frames = new AnswerFrames((frame) => socket.emit('data', frame));
  const onread = {
    buffer: READ_BUFFER,
    callback: (length: number, buffer: Uint8Array) => {
      try {
        frames.take(buffer.subarray(0, length));
      } catch (error) {
        socket.destroy(error as Error);
      }
      return true;
    },
  };
  const socket: net.Socket = settings
    ? tls.connect(
        {
          host,
          port,
          onread,
          ...(net.isIP(host) ? {} : { servername: host }),
          ...settings,
        } as tls.ConnectionOptions,
        onConnect,
      )
    : net.connect({ host, port, onread, noDelay: true }, onConnect);
  socket.setKeepAlive(true, 60_000);
  return socket;
}

/** A whole answer is at hand: without this kafkajs would copy it, to put it after the nothing that is left of the one before. */
const { processData } = Connection.prototype;
Connection.prototype.processData = function (this: Connection, frame: Buffer) {
  if (this.bytesBuffered === 0) this.chunks = [];
  processData.call(this, frame);
};

function discard(wire: Connection, reason: Error): void {
  wire.rejectRequests(reason);
  wire.requestQueue.destroy();
  wire.socket?.destroy();
}

/** The opening goes on when its time is over; what becomes of it then is nobody's concern. */
async function withDeadline<T>(opening: Promise<T>, milliseconds: number, label: Sentence): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new Failure('broker_timeout', say('link.silent', { broker: label }), {
            action: say('link.silent.do'),
          }),
        ),
      milliseconds,
    );
  });
  opening.catch(() => {});
  try {
    return await Promise.race([opening, late]);
  } finally {
    clearTimeout(timer);
  }
}

interface KafkajsLogger {
  namespace(name: string): KafkajsLogger;
  debug(message: string, details?: object): void;
  info(message: string, details?: object): void;
  warn(message: string, details?: object): void;
  error(message: string, details?: object): void;
}

/** What goes wrong on a connection is told by the Failure of the request that met it; the log is for those who look. */
function silentLogger(log: Log): KafkajsLogger {
  const logger: KafkajsLogger = {
    namespace: () => logger,
    // kafkajs reports every request and answer at this level: far too much to build messages for.
    debug: () => {},
    info: (message, details = {}) => log('debug', message, details),
    warn: (message, details = {}) => log('debug', message, details),
    error: (message, details = {}) => log('debug', message, details),
  };
  return logger;
}
