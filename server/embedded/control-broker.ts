import type { Embedded, StopBrokerBody } from '../../lib/contract/embedded.ts';
import { Failure } from '../../lib/contract/failure.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import type { EmbeddedCluster } from './embedded-cluster.ts';
import type { EmbeddedParts } from './embedded-parts.ts';
import { readEmbedded } from './read-embedded.ts';

/**
 * Stops a broker, and comes back once it is stopped.
 *
 * @throws Failure `not_found`, `conflict` when it cannot be stopped now, `unavailable`
 */
export async function stopEmbeddedBroker(
  cluster: Cluster,
  parts: EmbeddedParts,
  broker: number,
  { mode }: StopBrokerBody,
): Promise<Unspoken<Embedded>> {
  await embeddedWith(cluster, parts, broker).stopBroker(broker, mode);
  cluster.snapshots.refreshSoon();
  return readEmbedded(parts);
}

/**
 * Starts a stopped broker, and comes back once it listens.
 *
 * @throws Failure `not_found`, `conflict` when it cannot be started now, `unavailable`
 */
export async function startEmbeddedBroker(
  cluster: Cluster,
  parts: EmbeddedParts,
  broker: number,
): Promise<Unspoken<Embedded>> {
  await embeddedWith(cluster, parts, broker).startBroker(broker);
  cluster.snapshots.refreshSoon();
  return readEmbedded(parts);
}

function embeddedWith(cluster: Cluster, { embedded }: EmbeddedParts, broker: number): EmbeddedCluster {
  if (!embedded || cluster.kind !== 'embedded') {
    throw new Failure('conflict', say('embedded.notOurs', { cluster: cluster.id }), {
      action: say('embedded.notOurs.do'),
    });
  }
  if (!embedded.status?.brokers.some(({ id }) => id === broker)) {
    throw new Failure('not_found', say('embedded.noBroker', { broker }));
  }
  return embedded;
}
