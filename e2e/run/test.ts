/** `npm test`: every check and suite there is, on the embedded cluster. Ends with `N passed, N failed`. */
import { startEmbedded } from '../harness/embedded.ts';
import { check, close, sum, type Tally, vitest } from './step.ts';
import { prepareMachine, runSuites } from './suites.ts';

const { python } = prepareMachine();
const tallies: Tally[] = [
  await check('Types', 'tsc', ['--noEmit', '-p', '.']),
  await check('Lint and format', 'biome', ['ci', '--error-on-warnings', '.']),
  await check('Import rules', 'depcruise', ['app', 'components', 'lib', 'server', 'e2e', 'bench']),
  await check('Dead code', 'knip', []),
  await vitest('Unit tests', 'unit'),
  await vitest('The files of the embedded cluster', 'storage'),
  await vitest('Connect, MirrorMaker 2 and Streams on embedded clusters', 'ecosystem'),
  await vitest('A schema registry and its own clients', 'registry', { KAFDECK_TEST_PYTHON: python }),
];
const { console: kafdeck, cluster } = await startEmbedded();
try {
  tallies.push(...(await runSuites(cluster, kafdeck.url, python)));
} finally {
  await cluster.close();
}
close(sum(tallies));
