/** `npm run test:kafka`: the official tools on both clusters, the contract tests and the walks on Apache Kafka. Ends with `N passed, N failed`. */
import { startConsole } from '../harness/console.ts';
import { scratchDir } from '../harness/folders.ts';
import { freePortBlock } from '../harness/ports.ts';
import { startRealKafka } from '../harness/real-kafka.ts';
import { close, sum, type Tally, vitest } from './step.ts';
import { prepareMachine, runSuites } from './suites.ts';

const { python } = prepareMachine();
const tallies: Tally[] = [await vitest("Kafka's own tools on both clusters", 'tools')];
const cluster = await startRealKafka();
try {
  const kafdeck = await startConsole('kafka', {
    PORT: String(await freePortBlock(1)),
    KAFDECK_BROKERS: cluster.bootstrapServers,
    KAFDECK_DATA_DIR: scratchDir('data'),
  });
  try {
    tallies.push(...(await runSuites(cluster, kafdeck.url, python)));
  } finally {
    await kafdeck.close();
  }
} finally {
  await cluster.close();
}
close(sum(tallies));
