import type { Broker, StopMode } from '../broker.ts';
import type { Cluster } from '../cluster.ts';
import { brokerConfig, brokerConfigNumber } from '../config/resolve.ts';
import type { BrokerAddress } from '../controller/metadata-image.ts';
import { saslMechanisms } from '../security/sasl/mechanisms.ts';
import { SaslSession } from '../security/sasl/session.ts';
import type { ServerIdentity } from '../security/tls/server-identity.ts';
import type { SaslEntrance } from './connection.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { Dispatch } from './dispatch.ts';
import type { Log } from './log.ts';
import { TcpListener } from './tcp-listener.ts';
import { type Tls, tlsOf } from './tls.ts';

/** A listener beside the plain one. Its protocol is its name, too. */
export interface FurtherListener {
  readonly protocol: 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';
  /** The port of a broker; 0 takes any free one. */
  readonly portOf: (brokerId: number) => number;
}

/** The listeners that ask clients who they are, or speak TLS, and what they need for that. */
export interface Access {
  readonly listeners: readonly FurtherListener[];
  /** Passwords of SASL PLAIN by user. */
  readonly users: ReadonlyMap<string, string>;
  /** Null when no listener speaks TLS. */
  readonly identity: ServerIdentity | null;
  /** PEM of those who sign clients' certificates; null: the system's. */
  readonly clientAuthorities: string | null;
}

interface Served {
  readonly broker: Broker;
  readonly cluster: Cluster;
  readonly dispatch: Dispatch;
  readonly host: string;
  /** The port that a listener had before its broker stopped, by the listener's name. */
  readonly lastPorts: Map<string, number>;
  readonly limits: ConnectionLimits;
  readonly now: () => number;
  readonly log: Log;
}

export interface OpenListeners {
  readonly addresses: Readonly<Record<string, BrokerAddress>>;
  close(mode: StopMode): Promise<void>;
}

/**
 * Opens a broker's listeners beside the plain one.
 * @throws Error with one line when a port or what a listener needs can't be had; none is open then
 */
export async function openFurtherListeners(access: Access, served: Served): Promise<OpenListeners> {
  const open = new Map<string, TcpListener>();
  const close = async (mode: StopMode) => {
    await Promise.all([...open.values()].map((listener) => listener.close(mode)));
  };
  try {
    for (const listener of access.listeners) {
      open.set(listener.protocol, await openListener(listener, access, served));
    }
  } catch (error) {
    await close('hard');
    throw error;
  }
  const addresses = [...open].map(([name, { host, port }]) => [name, { host, port }] as const);
  return { addresses: Object.fromEntries(addresses), close };
}

async function openListener(
  { protocol, portOf }: FurtherListener,
  access: Access,
  served: Served,
): Promise<TcpListener> {
  const { broker, cluster, dispatch, host, lastPorts, log } = served;
  const listener = await TcpListener.open({
    host,
    port: lastPorts.get(protocol) ?? portOf(broker.id),
    dispatch,
    name: protocol,
    limits: served.limits,
    tls: protocol === 'SASL_PLAINTEXT' ? null : tlsFor(protocol, access, served),
    sasl: protocol === 'SSL' ? null : saslFor(protocol, access, served),
    maxRequestBytes: brokerConfigNumber(cluster, broker, 'socket.request.max.bytes'),
    maxIdleMs: brokerConfigNumber(cluster, broker, 'connections.max.idle.ms'),
    log,
  });
  lastPorts.set(protocol, listener.port);
  return listener;
}

/** A config for this listener alone (`listener.name.sasl_ssl.…`), null when it is not set. */
function ownConfig({ broker, cluster }: Served, protocol: string, name: string): string | null {
  return brokerConfig(cluster, broker, `listener.name.${protocol.toLowerCase()}.${name}`);
}

function tlsFor(protocol: string, { identity, clientAuthorities }: Access, served: Served): Tls {
  if (identity === null) throw new Error(`${protocol} needs a certificate`);
  const { broker, cluster } = served;
  // Where clients prove by SASL who they are, a certificate is asked for only by the listener's own setting, as in Kafka.
  const common = protocol === 'SSL' ? brokerConfig(cluster, broker, 'ssl.client.auth') : null;
  return tlsOf({
    identity,
    clientAuthorities,
    clientAuth: ownConfig(served, protocol, 'ssl.client.auth') ?? common ?? 'none',
    principalMappingRules:
      ownConfig(served, protocol, 'ssl.principal.mapping.rules') ??
      brokerConfig(cluster, broker, 'ssl.principal.mapping.rules') ??
      'DEFAULT',
  });
}

function saslFor(protocol: string, { users }: Access, served: Served): SaslEntrance {
  const { broker, cluster, dispatch, now } = served;
  const config = (name: string) => ownConfig(served, protocol, name) ?? brokerConfig(cluster, broker, name);
  const mechanisms = saslMechanisms({ users, image: cluster.image.security, config, now });
  const maxReauthMs = (mechanism: string) =>
    Number(
      ownConfig(served, protocol, `${mechanism.toLowerCase()}.connections.max.reauth.ms`) ??
        config('connections.max.reauth.ms'),
    );
  return {
    begin: (connection) =>
      new SaslSession({
        mechanisms,
        maxReauthMs,
        now,
        answerApiVersions: async (frame) => {
          const response = await dispatch.answer(frame, connection);
          if (response === null) return null;
          return Buffer.concat(response instanceof Uint8Array ? [response] : response);
        },
      }),
    maxRequestBytes: Number(config('sasl.server.max.receive.size')),
    failureDelayMs: Number(config('connection.failed.authentication.delay.ms')),
  };
}
