import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestCluster } from './test-cluster.ts';

/**
 * Lets test processes break and mend the cluster that the runner holds: `POST /brokers/2/stop?mode=hard`,
 * `POST /brokers/2/start`. Answers 204 when it is done.
 */
export async function serveControl(cluster: TestCluster): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [, id, action] = url.pathname.match(/^\/brokers\/(\d+)\/(stop|start)$/) ?? [];
    try {
      if (!id) throw new Error(`No such control: ${url.pathname}`);
      if (action === 'start') await cluster.startBroker(Number(id));
      else
        await cluster.stopBroker(Number(id), url.searchParams.get('mode') === 'hard' ? 'hard' : 'controlled');
      response.writeHead(204).end();
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
