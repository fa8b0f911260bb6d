import { ClusterClient } from '../client/cluster-client.ts';
import type { ConnectionSettings } from '../client/connection-settings.ts';
import type { Cluster } from '../cluster.ts';
import { log } from '../http/log.ts';
import { ClusterReads } from '../snapshot/cluster-reads.ts';
import { SnapshotKeeper } from '../snapshot/snapshot-keeper.ts';

type Told = Pick<
  Cluster,
  'id' | 'name' | 'kind' | 'serdes' | 'masking' | 'isSampleDataOn' | 'embeddedStates'
>;

/** A cluster with its connections, whose snapshot is being kept from now on. */
export function createCluster(
  connection: ConnectionSettings,
  told: Told,
): Cluster & { close(): Promise<void> } {
  const client = new ClusterClient({
    id: told.id,
    settings: connection,
    log: (level, message, details) => log()[level]({ cluster: told.id, ...details }, message),
  });
  const snapshots = new SnapshotKeeper({ client });
  const reads = new ClusterReads({ client, snapshots });
  snapshots.start();
  void readAhead(snapshots, reads);
  return {
    ...told,
    bootstrapServers: client.bootstrapServers,
    security: securityOf(connection),
    client,
    snapshots,
    reads,
    async close() {
      snapshots.close();
      await client.close();
    },
  };
}

function securityOf({ tls, sasl }: ConnectionSettings): Cluster['security'] {
  if (tls === null && sasl === null) return null;
  return {
    tls: tls !== null,
    clientCertificate: tls?.cert !== undefined,
    mechanism: sasl?.mechanism ?? null,
  };
}

/** Somebody will look in a moment: what the overview waits for is read while the rest of the console still starts. */
async function readAhead(snapshots: SnapshotKeeper, reads: ClusterReads): Promise<void> {
  try {
    const { topics } = await snapshots.current();
    const now = Date.now();
    await Promise.all([
      reads.minIsr.counts(topics, now),
      reads.reassignments.read(now),
      reads.groups.read(now),
    ]);
  } catch {
    // The overview will say what is wrong.
  }
}
