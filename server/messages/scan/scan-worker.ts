/** The program of one thread that searches: takes scans, for any cluster, until it is ended. */
import { parentPort, workerData } from 'node:worker_threads';
import { ClusterClient } from '../../client/cluster-client.ts';
import { Serdes } from '../../serdes/serdes.ts';
import type { ToThread } from './order.ts';
import { runScan } from './run-scan.ts';
import { ThreadState } from './thread-state.ts';

const state = new ThreadState(workerData as Int32Array<SharedArrayBuffer>);

/** What outlasts a scan, so that the next one begins at once; told apart by what it was made of. */
interface Kept<Value> {
  readonly value: Value;
  readonly madeOf: string;
}

const clients = new Map<string, Kept<ClusterClient>>();
const serdes = new Map<string, Kept<Serdes>>();

parentPort?.on('message', ({ serial, order, port }: ToThread) => {
  const { cluster, serdes: wanted } = order;
  void runScan({
    order,
    port,
    client: kept(clients, cluster.id, cluster.connection, (settings) => {
      return new ClusterClient({ id: cluster.id, settings, log: () => {} });
    }),
    serdes: kept(serdes, cluster.id, wanted.source, (source) => new Serdes(source)),
    during: (look) => state.during(serial, look),
  });
});

/** The one of a cluster; made anew when the cluster has other settings than before, as the embedded one at other addresses. */
function kept<Source, Value extends { close(): unknown }>(
  all: Map<string, Kept<Value>>,
  cluster: string,
  source: Source,
  make: (source: Source) => Value,
): Value {
  const madeOf = JSON.stringify(source);
  const known = all.get(cluster);
  if (known?.madeOf === madeOf) return known.value;
  void known?.value.close();
  const value = make(source);
  all.set(cluster, { value, madeOf });
  return value;
}
