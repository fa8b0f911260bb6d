import { servedApis } from '../../server/broker/apis/served.ts';
import { Cluster } from '../../server/broker/cluster.ts';
import { createConfigRules } from '../../server/broker/config/rules.ts';
import { createListen } from '../../server/broker/net/serve.ts';
import { scratchDir } from '../harness/folders.ts';

/** An embedded cluster in this process whose files a test looks at. */
export interface LocalCluster {
  readonly addresses: string[];
  readonly clusterId: string;
  readonly dataDir: string;
  /** Resolves when a broker has compacted a topic's first partition. */
  compacted(brokerId: number, topic: string): Promise<void>;
  /** Stops it; the files stay. */
  close(): Promise<void>;
}

export async function startLocalCluster(options: {
  readonly brokers: number;
  readonly dataDir?: string;
  readonly configs?: Readonly<Record<string, string>>;
}): Promise<LocalCluster> {
  const dataDir = options.dataDir ?? scratchDir('storage');
  const configs = options.configs ?? {};
  const silent = () => {};
  const cluster = new Cluster({
    dataDir,
    brokers: Array.from({ length: options.brokers }, (_, index) => ({ id: index + 1, rack: null })),
    brokerConfigs: configs,
    configRules: createConfigRules(configs),
    listen: createListen({
      handlers: servedApis,
      host: '127.0.0.1',
      portOf: () => 0,
      now: Date.now,
      log: { info: silent, warn: silent, error: silent },
    }),
  });
  await cluster.start();
  return {
    addresses: [...cluster.brokers.values()].map(({ listener }) => `${listener?.host}:${listener?.port}`),
    clusterId: cluster.clusterId,
    dataDir,
    async compacted(brokerId, topic) {
      const cleanedTo = () => cluster.brokers.get(brokerId)?.partitions.get(topic, 0)?.stored.cleanedTo ?? 0;
      for (let waited = 0; cleanedTo() === 0 && waited < 600; waited++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    close: () => cluster.close(),
  };
}
