import { Kafka, logLevel, type Producer } from 'kafkajs';
import { Failure } from '../../lib/contract/failure.ts';
import { spoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Api, Input } from '../protocol/codec.ts';
import { ERROR } from '../protocol/errors.ts';
import { findCoordinatorApi } from '../protocol/messages/find-coordinator.ts';
import { metadataApi } from '../protocol/messages/metadata.ts';
import { isReadOnly, movedError, topError } from './answer-errors.ts';
import { askInTurn } from './ask-in-turn.ts';
import type { BrokerConnections } from './broker-connections.ts';
import { BrokerDirectory, type KnownBroker } from './broker-directory.ts';
import type { ConnectionSettings } from './connection-settings.ts';
import { Deadline } from './deadline.ts';
import { kafkaFailure } from './kafka-failure.ts';
import './kafkajs-runner.ts';
import { type BrokerConnection, CLIENT_ID, decodeAnswer, type Log } from './kafkajs-connection.ts';
import type { OfferedVersions } from './offered-versions.ts';
import type { Body, SendOptions } from './request.ts';
import { saslOptions } from './sasl.ts';

const RETRY_PAUSE_MS = 150;
/** In KRaft mode each look at the metadata names another broker to pass a request on to the controller. */
const CONTROLLER_TRIES = 5;
const SWEEP_EVERY_MS = 15_000;

export interface ClusterClientOptions {
  id: string;
  settings: ConnectionSettings;
  /** What kafkajs has to say; nothing is ever printed. */
  log?: Log;
}

/** An answer's bytes with the version they are in. */
export interface RawAnswer {
  readonly payload: Buffer;
  readonly version: number;
}

/** Talks to one cluster: finds its brokers, keeps connections to them, and sends requests where they belong. */
export class ClusterClient {
  readonly id: string;
  readonly bootstrapServers: readonly string[];
  /** With every secret: hand it to the console's own threads, never log it. */
  readonly settings: ConnectionSettings;
  readonly #log: Log;
  readonly #directory: BrokerDirectory;
  readonly #coordinators = new Map<string, number>();
  readonly #sweeper: NodeJS.Timeout;
  #locating: Promise<void> | undefined;
  #kafka: Kafka | undefined;
  #producer: Promise<Producer> | undefined;
  #closed = false;

  constructor({ id, settings, log = () => {} }: ClusterClientOptions) {
    this.id = id;
    this.bootstrapServers = settings.brokers;
    this.settings = settings;
    this.#log = log;
    const sasl = settings.sasl ? saslOptions(settings.sasl) : null;
    this.#directory = new BrokerDirectory(settings.brokers, (address) => ({
      address,
      tls: settings.tls,
      sasl,
      connectionTimeoutMs: settings.connectionTimeoutMs,
      openTimeoutMs: settings.connectionTimeoutMs + settings.requestTimeoutMs,
      log,
    }));
    const stuckAfterMs = Math.max(60_000, 2 * settings.requestTimeoutMs);
    this.#sweeper = setInterval(() => this.#directory.sweep(stuckAfterMs), SWEEP_EVERY_MS);
    this.#sweeper.unref();
  }

  /**
   * Sends a request and gives the decoded answer. Asks again where the target has moved (not controller, not
   * coordinator), and a reading request also when the connection broke. An `errorCode` at the top of the answer is
   * thrown as a Failure; errors of its items are the caller's to look at.
   */
  async send<Request, Response>(
    api: Api<Request, Response>,
    body: Body<Request>,
    options: SendOptions,
  ): Promise<Response> {
    const deadline = this.#deadline(api, options);
    try {
      for (let attempt = 1; ; attempt++) {
        const { payload, version } = await this.#route(api, body, options, deadline);
        const answer = decodeAnswer(api, version, payload);
        const moved = movedError(answer, options.to);
        if (moved === 0 || attempt >= 5) {
          const code = topError(answer);
          if (code !== 0)
            throw kafkaFailure(code, spoken(api.name), (answer as { errorMessage?: string }).errorMessage);
          return answer;
        }
        await this.#lookAgain(options.to, deadline);
        await deadline.race(pause(RETRY_PAUSE_MS * attempt));
      }
    } finally {
      deadline.clear();
    }
  }

  /** Like `send`, without decoding or looking at errors: for answers that are compared before they are read. */
  async sendRaw<Request, Response>(
    api: Api<Request, Response>,
    body: Body<Request>,
    options: SendOptions,
  ): Promise<RawAnswer> {
    const deadline = this.#deadline(api, options);
    try {
      return await this.#route(api, body, options, deadline);
    } finally {
      deadline.clear();
    }
  }

  /** The version that would be used; throws `unsupported_by_cluster` when there is none. */
  async versionFor<Request, Response>(
    api: Api<Request, Response>,
    to: { broker: number } | 'any',
  ): Promise<number> {
    return this.#onConnection(api.name, to, async (connection) => connection.versionFor(api));
  }

  /** What a broker offers, APIs that the console does not know included. */
  async offeredBy(to: { broker: number } | 'any'): Promise<OfferedVersions> {
    return this.#onConnection('ApiVersions', to, async (connection) => connection.offered);
  }

  /** Brokers of the last metadata that was read. */
  brokerIds(): number[] {
    return this.#directory.ids;
  }

  /** Takes over brokers and controller from a Metadata answer that somebody else has read. */
  learn(brokers: readonly KnownBroker[], controllerId: number): void {
    this.#directory.learn(brokers, controllerId);
  }

  /** The client library itself, for what it does well: producing and consuming. */
  get kafka(): Kafka {
    const { sasl, tls, connectionTimeoutMs, requestTimeoutMs } = this.settings;
    this.#kafka ??= new Kafka({
      clientId: CLIENT_ID,
      brokers: [...this.bootstrapServers],
      ssl: tls ?? undefined,
      sasl: sasl ? saslOptions(sasl) : undefined,
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      retry: { retries: 3, initialRetryTime: 200, maxRetryTime: 2000 },
      logLevel: logLevel.WARN,
      logCreator:
        () =>
        ({ level, namespace, log: { message, ...details } }) =>
          this.#log(level === logLevel.ERROR ? 'error' : 'warn', `${namespace}: ${message}`, details),
    });
    return this.#kafka;
  }

  /** One shared producer, connected when first asked for. Throws what kafkajs throws when it cannot connect. */
  producer(): Promise<Producer> {
    this.#producer ??= (async () => {
      const producer = this.kafka.producer({ allowAutoTopicCreation: false });
      await producer.connect();
      return producer;
    })().catch((error: unknown) => {
      this.#producer = undefined;
      throw error;
    });
    return this.#producer;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweeper);
    const producer = await this.#producer?.catch(() => undefined);
    await producer?.disconnect().catch(() => {});
    this.#directory.close();
  }

  #deadline(api: Api<unknown, unknown>, { to, timeoutMs, signal }: SendOptions): Deadline {
    if (this.#closed) throw new Failure('unavailable', say('link.closed'));
    const silence =
      typeof to === 'object' && 'broker' in to
        ? say('link.brokerSilent', { broker: to.broker, api: api.name })
        : say('link.clusterSilent', { api: api.name });
    return new Deadline(timeoutMs ?? this.settings.requestTimeoutMs, silence, signal);
  }

  async #route<Request, Response>(
    api: Api<Request, Response>,
    body: Body<Request>,
    options: SendOptions,
    deadline: Deadline,
  ): Promise<RawAnswer> {
    const isHarmless = isReadOnly(api);
    // A change whose connection broke after it was sent may have been made: it is not sent again.
    const mayBeDone = new WeakSet<object>();
    const ask = (connections: BrokerConnections): Promise<RawAnswer> =>
      connections.use(options.purpose ?? 'admin', async (connection) => {
        const version = Math.min(connection.versionFor(api), options.maxVersion ?? Number.POSITIVE_INFINITY);
        // Nobody waits for it any more: the request is not sent.
        deadline.check();
        try {
          return { payload: await connection.exchange(api, version, bodyFor(body, version)), version };
        } catch (error) {
          if (!isHarmless && error instanceof Failure) mayBeDone.add(error);
          throw error;
        }
      });
    const { to } = options;
    if (to === 'any') {
      return deadline.race(
        this.#askAny(ask, { hedge: isHarmless, isFinal: (error) => mayBeDone.has(error) }),
      );
    }
    const askUntilFound = async (): Promise<RawAnswer> => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await ask(await this.#find(to, deadline));
        } catch (error) {
          const isLost =
            error instanceof Failure && error.code === 'broker_unreachable' && !mayBeDone.has(error);
          if (!isLost || attempt > (to === 'controller' ? CONTROLLER_TRIES : 1)) throw error;
          await this.#lookAgain(to, deadline);
        }
      }
    };
    return deadline.race(askUntilFound());
  }

  #askAny<T>(
    ask: (connections: BrokerConnections) => Promise<T>,
    rules: { hedge: boolean; isFinal: (failure: Failure) => boolean },
  ): Promise<T> {
    return askInTurn({
      candidates: this.#directory.candidates(),
      ask,
      ...rules,
      onAnswer: (connections) => this.#directory.prefer(connections),
    });
  }

  async #onConnection<T>(
    what: string,
    to: { broker: number } | 'any',
    work: (connection: BrokerConnection) => Promise<T>,
  ): Promise<T> {
    const deadline = new Deadline(this.settings.requestTimeoutMs, say('link.clusterSilent', { api: what }));
    const ask = (connections: BrokerConnections) => connections.use('admin', work);
    try {
      if (to === 'any') return await deadline.race(this.#askAny(ask, { hedge: true, isFinal: () => false }));
      return await deadline.race(this.#find(to, deadline).then(ask));
    } finally {
      deadline.clear();
    }
  }

  async #find(to: Exclude<SendOptions['to'], 'any'>, deadline: Deadline): Promise<BrokerConnections> {
    if (this.#directory.ids.length === 0) await this.#locate();
    if (to === 'controller') {
      if (this.#directory.controllerId === null) await this.#locate();
      const id = this.#directory.controllerId;
      if (id === null) throw new Failure('unavailable', say('link.noController'));
      return this.#directory.broker(id);
    }
    if ('broker' in to) return this.#directory.broker(to.broker);
    const known = this.#coordinators.get(to.coordinator);
    if (known !== undefined && this.#directory.ids.includes(known)) return this.#directory.broker(known);
    const id = await this.#findCoordinator(to.coordinator, deadline);
    this.#coordinators.set(to.coordinator, id);
    return this.#directory.broker(id);
  }

  async #findCoordinator(group: string, deadline: Deadline): Promise<number> {
    const answer = await this.send(
      findCoordinatorApi,
      // Version 4 asks for several at once (KIP-699).
      (version) => (version >= 4 ? { coordinatorKeys: [group], keyType: 0 } : { key: group, keyType: 0 }),
      { to: 'any', timeoutMs: deadline.remainingMs },
    );
    const found = answer.coordinators[0] ?? answer;
    if (found.errorCode !== ERROR.NONE) {
      throw kafkaFailure(found.errorCode, say('kafka.coordinatorOfGroup', { group }), found.errorMessage);
    }
    if (!this.#directory.ids.includes(found.nodeId)) await this.#locate();
    return found.nodeId;
  }

  /** Reads who the brokers are, without topics. */
  #locate(): Promise<void> {
    this.#locating ??= this.send(metadataApi, { topics: [], allowAutoTopicCreation: false }, { to: 'any' })
      .then(({ brokers, controllerId }) =>
        this.learn(
          brokers.map(({ nodeId, host, port }) => ({ id: nodeId, host, port })),
          controllerId,
        ),
      )
      .finally(() => {
        this.#locating = undefined;
      });
    return this.#locating;
  }

  async #lookAgain(to: SendOptions['to'], deadline: Deadline): Promise<void> {
    if (typeof to === 'object' && 'coordinator' in to) this.#coordinators.delete(to.coordinator);
    else await deadline.race(this.#locate());
  }
}

function bodyFor<Request>(body: Body<Request>, version: number): Input<Request> {
  return typeof body === 'function' ? (body as (version: number) => Input<Request>)(version) : body;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
