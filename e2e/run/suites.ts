import { serveControl } from '../harness/control-server.ts';
import { kafkaClassPath } from '../harness/kafka-jars.ts';
import type { TestCluster } from '../harness/test-cluster.ts';
import { ensurePrograms } from './debian.ts';
import { ensurePython } from './python.ts';
import { playwright, type Tally, vitest } from './step.ts';

/** Brings what both suites need on a machine that has only Node and apt. */
export function prepareMachine(): { python: string } {
  ensurePrograms({
    chromium: 'chromium',
    kcat: 'kafkacat',
    javac: 'default-jdk-headless',
    mvn: 'maven',
    python3: 'python3',
  });
  kafkaClassPath();
  return { python: ensurePython() };
}

/** The contract tests and the Playwright walks, the same for every kind of cluster. */
export async function runSuites(cluster: TestCluster, consoleUrl: string, python: string): Promise<Tally[]> {
  const control = await serveControl(cluster);
  const env = {
    KAFDECK_TEST_KIND: cluster.kind,
    KAFDECK_TEST_CLUSTER: cluster.id,
    KAFDECK_TEST_BROKERS: cluster.bootstrapServers,
    KAFDECK_TEST_URL: consoleUrl,
    KAFDECK_TEST_CONTROL: control.url,
    KAFDECK_TEST_PYTHON: python,
  };
  const on = cluster.kind === 'embedded' ? 'the embedded cluster' : 'Apache Kafka';
  try {
    return [
      await vitest(`Contract tests on ${on}`, 'contract', env),
      await vitest(`Other people's clients on ${on}`, 'clients', env),
      await playwright(`Walks in the browser on ${on}`, env),
    ];
  } finally {
    control.close();
  }
}
