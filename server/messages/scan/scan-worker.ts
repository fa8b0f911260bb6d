/** The program of one thread that searches: takes scans, for any cluster, until it is ended. */
import { parentPort, workerData } from 'node:worker_threads';
import { ClusterClient } from '../../client/cluster-client.ts';
import type { ScanOrder, ToThread } from './order.ts';
import { runScan } from './run-scan.ts';
import { ThreadState } from './thread-state.ts';

const state = new ThreadState(workerData as Int32Array<SharedArrayBuffer>);

interface Connected {
  readonly client: ClusterClient;
  readonly settings: string;
}

/** By cluster: its connections outlast a scan, so that the next one begins at once. */
const clients = new Map<string, Connected>();

parentPort?.on('message', ({ serial, order, port }: ToThread) => {
  void runScan({ order, port, client: clientOf(order), test: (record) => state.during(serial, record) });
});

function clientOf({ cluster: { id, connection } }: ScanOrder): ClusterClient {
  const settings = JSON.stringify(connection);
  const known = clients.get(id);
  if (known?.settings === settings) return known.client;
  // The embedded cluster may have come back at other addresses.
  void known?.client.close();
  const client = new ClusterClient({ id, settings: connection, log: () => {} });
  clients.set(id, { client, settings });
  return client;
}
