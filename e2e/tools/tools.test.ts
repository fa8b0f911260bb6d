import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedBroker } from '../harness/embedded-broker.ts';
import { resultsDir } from '../harness/folders.ts';
import type { ToolResult } from '../harness/official-tool.ts';
import { startRealKafka } from '../harness/real-kafka.ts';
import { ClusterSide } from './cluster-side.ts';
import { SETTINGS, USERS } from './settings.ts';
import type { Step } from './step.ts';
import { themes } from './themes.ts';

/** How long two clusters may take to answer a reading step alike. */
const PATIENCE_MS = 5_000;

/** Three brokers of Apache Kafka on a machine that does other things too. */
const START_MS = 600_000;

let kafka: ClusterSide;
let embedded: ClusterSide;
/** For reading afterwards: a step, what it did on Apache Kafka, what on the embedded cluster. */
const differences: string[] = [];
const closing: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  // Settled and not raced: what has started must be closed also when the other has not.
  const starting = [
    startRealKafka({ settings: SETTINGS, users: USERS }),
    startEmbeddedBroker({ settings: SETTINGS, users: USERS }),
  ] as const;
  for (const cluster of await Promise.allSettled(starting)) {
    if (cluster.status === 'fulfilled') closing.push(() => cluster.value.close());
  }
  kafka = new ClusterSide('kafka', await starting[0]);
  closing.push(() => kafka.close());
  embedded = new ClusterSide('embedded', await starting[1]);
  closing.push(() => embedded.close());
}, START_MS);

afterAll(async () => {
  writeFileSync(join(resultsDir, 'tools-differences.json'), JSON.stringify(differences, null, 2));
  for (const close of closing.reverse()) await close();
});

async function results(step: Step) {
  const [expected, actual] = await Promise.all([kafka.perform(step), embedded.perform(step)]);
  return { expected, actual };
}

const isSame = ({ expected, actual }: Awaited<ReturnType<typeof results>>) => told(expected) === told(actual);

const told = ({ status, stdout, stderr }: ToolResult) =>
  `status ${status}\n-- stdout\n${stdout}\n-- stderr\n${stderr}`;

async function settled(step: Step) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const both = await results(step);
    const isFound = !(step.reads instanceof RegExp) || step.reads.test(both.expected.stdout);
    if (!step.reads || (isSame(both) && isFound) || Date.now() > deadline) return { ...both, isFound };
    await new Promise((resume) => setTimeout(resume, 200));
  }
}

const title = ({ tool, args, stop }: Step) =>
  stop ? `${tool} (${stop} ends)` : `${tool} ${args.replace(/--bootstrap-server \{bootstrap\} ?/, '')}`;

async function check(step: Step): Promise<void> {
  const { expected, actual, isFound } = await settled(step);
  if (told(actual) !== told(expected)) differences.push(title(step), told(expected), told(actual));
  expect(told(actual)).toBe(told(expected));
  expect(isFound, `${step.reads} in what Apache Kafka's side printed:\n${expected.stdout}`).toBe(true);
  if (!step.start) expect(expected.status, 'the tool ended').not.toBeNull();
}

for (const { name, steps } of themes) {
  describe(name, () => {
    for (const step of steps) (step.notYet ? it.fails : it)(title(step), () => check(step));
  });
}
