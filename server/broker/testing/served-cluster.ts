import { servedApis } from '../apis/served.ts';
import { Cluster } from '../cluster.ts';
import { createConfigRules } from '../config/rules.ts';
import type { FileStore } from '../log/file-store.ts';
import type { Access } from '../net/further-listeners.ts';
import type { Log } from '../net/log.ts';
import { createListen } from '../net/serve.ts';

export interface ServedCluster {
  readonly cluster: Cluster;
  /** `host:port` of every broker that listens; its plain listener, or the one of this name. */
  bootstrapServers(listener?: string): string[];
  /** What the brokers wrote into their log. */
  readonly logLines: string[];
}

/** Three brokers in memory on free ports, serving everything they can. Close the cluster when done. */
export async function serveCluster(
  brokerConfigs: Record<string, string> = {},
  access?: Access,
  openStore?: (name: string) => FileStore,
): Promise<ServedCluster> {
  const configs = {
    'default.replication.factor': '3',
    'offsets.topic.num.partitions': '6',
    'group.initial.rebalance.delay.ms': '50',
    ...brokerConfigs,
  };
  const logLines: string[] = [];
  const log: Log = {
    info: (line) => logLines.push(line),
    warn: (line) => logLines.push(line),
    error: (line, error) => logLines.push(`${line}: ${error}`),
  };
  const cluster = new Cluster({
    dataDir: null,
    ...(openStore === undefined ? {} : { openStore }),
    log: log.info,
    brokers: [1, 2, 3].map((id) => ({ id, rack: `rack-${id}` })),
    sessionTimeoutMs: 200,
    brokerConfigs: configs,
    configRules: createConfigRules(configs),
    listen: createListen({
      handlers: servedApis,
      host: '127.0.0.1',
      portOf: () => 0,
      ...(access === undefined ? {} : { access }),
      now: Date.now,
      log,
    }),
  });
  await cluster.start();
  const bootstrapServers = (name?: string) =>
    [...cluster.brokers.values()].flatMap(({ listener }) => {
      const place = name === undefined ? listener : listener?.furtherListeners?.[name];
      return place ? [`${place.host}:${place.port}`] : [];
    });
  return { cluster, bootstrapServers, logLines };
}
