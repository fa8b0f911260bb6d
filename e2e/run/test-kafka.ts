/** `npm run test:kafka`: the contract tests and the walks on Apache Kafka. Ends with `N passed, N failed`. */
import { startConsole } from '../harness/console.ts';
import { scratchDir } from '../harness/folders.ts';
import { freePortBlock } from '../harness/ports.ts';
import { startRealKafka } from '../harness/real-kafka.ts';
import { close, sum, type Tally } from './step.ts';
import { prepareMachine, runSuites } from './suites.ts';

const { python } = prepareMachine();
const cluster = await startRealKafka();
let tallies: Tally[] = [];
try {
  const kafdeck = await startConsole('kafka', {
    PORT: String(await freePortBlock(1)),
    KAFDECK_BROKERS: cluster.bootstrapServers,
    KAFDECK_DATA_DIR: scratchDir('data'),
  });
  try {
    tallies = await runSuites(cluster, kafdeck.url, python);
  } finally {
    await kafdeck.close();
  }
} finally {
  await cluster.close();
}
close(sum(tallies));
