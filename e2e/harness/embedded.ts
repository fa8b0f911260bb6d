import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Console, startConsole } from './console.ts';
import { scratchDir } from './folders.ts';
import { freePortBlock } from './ports.ts';
import type { TestCluster } from './test-cluster.ts';

/** Kafdeck over its own embedded cluster with the sample data, and that cluster as one to break and mend. */
export async function startEmbedded(): Promise<{ console: Console; cluster: TestCluster }> {
  const port = await freePortBlock(4);
  const dataDir = scratchDir('data');
  const console = await startConsole('embedded', {
    PORT: String(port),
    KAFDECK_EMBEDDED_PORT: String(port + 1),
    KAFDECK_DATA_DIR: join(dataDir, 'kafdeck'),
  });
  const change = async (id: number, what: 'stop' | 'start', body?: unknown) => {
    const response = await fetch(`${console.url}/api/v1/clusters/embedded/embedded/brokers/${id}/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`Broker ${id} did not ${what}: ${await response.text()}`);
  };
  const brokerIds = [1, 2, 3];
  return {
    console,
    cluster: {
      kind: 'embedded',
      id: 'embedded',
      bootstrapServers: brokerIds.map((_, index) => `127.0.0.1:${port + 1 + index}`).join(','),
      brokerIds,
      stopBroker: (id, mode) => change(id, 'stop', { mode }),
      startBroker: (id) => change(id, 'start'),
      async close() {
        await console.close();
        rmSync(dataDir, { recursive: true, force: true });
      },
    },
  };
}
