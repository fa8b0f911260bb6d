import type { Broker, Listener } from '../broker.ts';
import type { Cluster } from '../cluster.ts';
import { brokerConfig, brokerConfigNumber, configNumber } from '../config/resolve.ts';
import { FetchSessions } from '../fetch/fetch-sessions.ts';
import { GroupCoordinator } from '../groups/coordinator.ts';
import { ClientQuotas } from '../quotas/client-quotas.ts';
import { Authorizer, STANDARD_AUTHORIZER } from '../security/authorizer.ts';
import { createDispatch } from './dispatch.ts';
import type { Handler } from './handler.ts';
import type { Log } from './log.ts';
import { TcpListener } from './tcp-listener.ts';

export interface ServeOptions {
  readonly handlers: ReadonlyMap<number, Handler>;
  readonly host: string;
  /** The port of a broker; 0 takes any free one, and the same again when the broker comes back. */
  readonly portOf: (brokerId: number) => number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

/** What the cluster calls when a broker starts: opens its port and its group coordinator, closes both with the broker. */
export function createListen(options: ServeOptions): (broker: Broker, cluster: Cluster) => Promise<Listener> {
  const { handlers, host, now, log } = options;
  const ports = new Map<number, number>();
  return async (broker, cluster) => {
    const coordinator = new GroupCoordinator(cluster, broker, now, log);
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
    try {
      const listener = await TcpListener.open({
        host,
        port: ports.get(broker.id) ?? options.portOf(broker.id),
        dispatch: createDispatch({
          handlers,
          broker,
          cluster,
          coordinator,
          authorizer: authorizerOf(broker, cluster),
          fetchSessions,
          quotas,
          now,
          log,
        }),
        name: 'PLAINTEXT',
        maxRequestBytes: brokerConfigNumber(cluster, broker, 'socket.request.max.bytes'),
        maxIdleMs: brokerConfigNumber(cluster, broker, 'connections.max.idle.ms'),
        log,
      });
      ports.set(broker.id, listener.port);
      return {
        host,
        port: listener.port,
        async close(mode) {
          // Cut off, nobody is answered any more; stopped, those who wait in a rebalance are sent elsewhere first.
          if (mode === 'controlled') coordinator.close();
          await listener.close(mode);
          if (mode === 'hard') coordinator.close();
        },
      };
    } catch (error) {
      coordinator.close();
      throw error;
    }
  };
}

function authorizerOf(broker: Broker, cluster: Cluster): Authorizer | null {
  return brokerConfig(cluster, broker, 'authorizer.class.name') === STANDARD_AUTHORIZER
    ? new Authorizer(cluster.image.security.acls, cluster.options.brokerConfigs ?? {})
    : null;
}
