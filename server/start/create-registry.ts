import { join } from 'node:path';
import { serdeName } from '../../lib/contract/serdes.ts';
import type { SerdeSettings } from '../config/settings.ts';
import { SampleData } from '../embedded/sample-data/sample-data.ts';
import { AuditLog } from '../http/audit.ts';
import { log } from '../http/log.ts';
import { readHashKey } from '../masking/hash-key.ts';
import type { MaskingRule, MaskingRules } from '../masking/masking-rules.ts';
import { scanPool } from '../messages/scan/scan-pool.ts';
import type { ClusterEntry, Registry } from '../registry.ts';
import { ClusterSerdes } from '../serdes/cluster-serdes.ts';
import { Store } from '../store/store.ts';
import type { ConsoleProcess } from './console-process.ts';
import { EmbeddedEntry } from './embedded-entry.ts';
import { ExternalEntry } from './external-entry.ts';

/** Makes everything that lives as long as the console, and starts what runs in the background. */
export function createRegistry({ version, startedAt, settings, embedded }: ConsoleProcess): Registry {
  const store = new Store(join(settings.dataDir, 'console.sqlite'));
  const audit = new AuditLog(join(settings.dataDir, 'audit.log'), (error) =>
    log().error({ err: error }, 'the audit log cannot be written'),
  );
  const sampleData = embedded
    ? new SampleData({
        embedded,
        store,
        allowed: settings.demo,
        onTrouble: (error) => log().warn({ err: error }, 'sample data waits'),
      })
    : null;
  const entries: (ClusterEntry & { close(): Promise<void> })[] = settings.clusters.map(
    (cluster) =>
      new ExternalEntry(cluster, {
        serdes: serdesOf(cluster.id, cluster.serdes, store),
        masking: maskingOf(cluster.masking, settings.dataDir),
      }),
  );
  if (embedded && sampleData) {
    const { serdes, masking } = settings.embedded;
    const told = {
      serdes: serdesOf('embedded', serdes, store),
      masking: maskingOf(masking, settings.dataDir),
    };
    entries.unshift(new EmbeddedEntry(embedded, sampleData, told));
  }
  sampleData?.start();
  scanPool().onError = (name, stack) => log().error({ name, stack }, 'A thread that searches has ended');

  return {
    version,
    startedAt,
    settings,
    clusters: new Map(entries.map((entry) => [entry.id, entry])),
    embedded,
    sampleData,
    store,
    audit,
    async close() {
      await sampleData?.close();
      await scanPool().close();
      await Promise.all(entries.map((entry) => entry.close()));
      await audit.flushed();
      store.close();
    },
  };
}

function serdesOf(cluster: string, { source, rules }: SerdeSettings, store: Store): ClusterSerdes {
  return new ClusterSerdes(source, rules, {
    get: (topic, part) => serdeName.safeParse(store.topicSerde(cluster, topic, part)).data ?? null,
    set: (topic, part, serde) => store.setTopicSerde(cluster, topic, part, serde),
  });
}

function maskingOf(rules: MaskingRule[], dataDir: string): MaskingRules {
  const needsKey = rules.some(({ how }) => how.kind === 'hash');
  return { rules, hashKey: needsKey ? readHashKey(join(dataDir, 'masking.key')) : '' };
}
