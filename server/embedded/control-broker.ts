import type { StopBrokerBody } from '../../lib/contract/embedded.ts';
import { Failure } from '../../lib/contract/failure.ts';
import type { Cluster } from '../cluster.ts';
import type { EmbeddedCluster } from './embedded-cluster.ts';

/**
 * Stops a broker, and comes back once it is stopped.
 *
 * @throws Failure `not_found`, `conflict` when it cannot be stopped now, `unavailable`
 */
export async function stopEmbeddedBroker(
  cluster: Cluster,
  embedded: EmbeddedCluster | null,
  broker: number,
  mode: StopBrokerBody['mode'],
): Promise<void> {
  await embeddedWith(cluster, embedded, broker).stopBroker(broker, mode);
  cluster.snapshots.refreshSoon();
}

/**
 * Starts a stopped broker, and comes back once it listens.
 *
 * @throws Failure `not_found`, `conflict` when it cannot be started now, `unavailable`
 */
export async function startEmbeddedBroker(
  cluster: Cluster,
  embedded: EmbeddedCluster | null,
  broker: number,
): Promise<void> {
  await embeddedWith(cluster, embedded, broker).startBroker(broker);
  cluster.snapshots.refreshSoon();
}

function embeddedWith(cluster: Cluster, embedded: EmbeddedCluster | null, broker: number): EmbeddedCluster {
  if (!embedded || cluster.kind !== 'embedded') {
    throw new Failure(
      'conflict',
      `Brokers of the cluster "${cluster.id}" are not Kafdeck’s to stop and start`,
      {
        action: 'Only the embedded cluster’s are',
      },
    );
  }
  if (!embedded.status?.brokers.some(({ id }) => id === broker)) {
    throw new Failure('not_found', `The embedded cluster has no broker ${broker}`);
  }
  return embedded;
}
