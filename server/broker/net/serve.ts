import type { Broker, Listener } from '../broker.ts';
import type { Cluster } from '../cluster.ts';
import { brokerConfig, brokerConfigNumber, configNumber } from '../config/resolve.ts';
import { FetchSessions } from '../fetch/fetch-sessions.ts';
import { GroupCoordinator } from '../groups/coordinator.ts';
import { ClientQuotas } from '../quotas/client-quotas.ts';
import { Authorizer, STANDARD_AUTHORIZER } from '../security/authorizer.ts';
import { ClientTelemetry } from '../telemetry/client-telemetry.ts';
import { Peers } from '../transactions/peers.ts';
import { TransactionCoordinator } from '../transactions/transaction-coordinator.ts';
import { ConnectionLimits } from './connection-limits.ts';
import { createDispatch } from './dispatch.ts';
import type { Access, OpenListeners } from './further-listeners.ts';
import type { Handler } from './handler.ts';
import type { Log } from './log.ts';
import { LogLevels } from './log-levels.ts';
import { TcpListener } from './tcp-listener.ts';

export interface ServeOptions {
  readonly handlers: ReadonlyMap<number, Handler>;
  readonly host: string;
  /** The port of a broker; 0 takes any free one, and the same again when the broker comes back. */
  readonly portOf: (brokerId: number) => number;
  /** The listeners beside the plain one; left out, there are none. */
  readonly access?: Access;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

/** What the cluster calls when a broker starts: opens its port and its coordinators, closes them with the broker. */
export function createListen(options: ServeOptions): (broker: Broker, cluster: Cluster) => Promise<Listener> {
  const { handlers, host, now } = options;
  const ports = new Map<number, number>();
  const furtherPorts = new Map<number, Map<string, number>>();
  const peers = new Peers();
  const levels = new Map<number, LogLevels>();
  return async (broker, cluster) => {
    const logLevels = levels.get(broker.id) ?? new LogLevels();
    levels.set(broker.id, logLevels);
    const log = logLevels.filter(options.log);
    const coordinator = new GroupCoordinator(cluster, broker, now, log);
    const transactions = new TransactionCoordinator(cluster, broker, peers, now, log);
    peers.add({ broker, groups: coordinator, transactions });
    const closeCoordinators = () => {
      peers.remove(broker.id);
      coordinator.close();
      transactions.close();
    };
    const fetchSessions = new FetchSessions(
      configNumber(broker, 'max.incremental.fetch.session.cache.slots'),
      now,
    );
    const quotas = new ClientQuotas(
      cluster.image,
      {
        samples: configNumber(broker, 'quota.window.num'),
        sampleMs: configNumber(broker, 'quota.window.size.seconds') * 1000,
      },
      now,
    );
    const telemetry = new ClientTelemetry(
      cluster.image,
      () => configNumber(broker, 'telemetry.max.bytes'),
      now,
      log,
    );
    const limits = new ConnectionLimits((name) => broker.brokerConfig(name), cluster.image, now, log);
    const dispatch = createDispatch({
      handlers,
      broker,
      cluster,
      coordinator,
      transactions,
      authorizer: authorizerOf(broker, cluster),
      fetchSessions,
      quotas,
      telemetry,
      logLevels,
      now,
      log,
    });
    let further: OpenListeners | null = null;
    try {
      const { access } = options;
      if (access !== undefined && access.listeners.length > 0) {
        const lastPorts = furtherPorts.get(broker.id) ?? new Map<string, number>();
        furtherPorts.set(broker.id, lastPorts);
        // TLS and SASL are loaded only by those who want them: left out, they cost no time at the start.
        const { openFurtherListeners } = await import('./further-listeners.ts');
        further = await openFurtherListeners(access, {
          broker,
          cluster,
          dispatch,
          host,
          lastPorts,
          limits,
          now,
          log,
        });
      }
      const listener = await TcpListener.open({
        host,
        port: ports.get(broker.id) ?? options.portOf(broker.id),
        dispatch,
        name: 'PLAINTEXT',
        limits,
        maxRequestBytes: brokerConfigNumber(cluster, broker, 'socket.request.max.bytes'),
        maxIdleMs: brokerConfigNumber(cluster, broker, 'connections.max.idle.ms'),
        log,
      });
      ports.set(broker.id, listener.port);
      return {
        host,
        port: listener.port,
        ...(further === null ? {} : { furtherListeners: further.addresses }),
        async close(mode) {
          // Cut off, nobody is answered any more; stopped, those who wait in a rebalance are sent elsewhere first.
          if (mode === 'controlled') closeCoordinators();
          await Promise.all([listener.close(mode), further?.close(mode)]);
          if (mode === 'hard') closeCoordinators();
        },
      };
    } catch (error) {
      await further?.close('hard');
      closeCoordinators();
      throw error;
    }
  };
}

function authorizerOf(broker: Broker, cluster: Cluster): Authorizer | null {
  return brokerConfig(cluster, broker, 'authorizer.class.name') === STANDARD_AUTHORIZER
    ? new Authorizer(cluster.image.security.acls, cluster.options.brokerConfigs ?? {})
    : null;
}
