import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedBroker } from '../harness/embedded-broker.ts';
import { resultsDir } from '../harness/folders.ts';
import type { ToolResult } from '../harness/official-tool.ts';
import { startRealKafka } from '../harness/real-kafka.ts';
import { ClusterSide } from './cluster-side.ts';
import { SETTINGS } from './settings.ts';
import type { Step } from './step.ts';
import { themes } from './themes.ts';

/** How long two clusters may take to answer a reading step alike. */
const PATIENCE_MS = 5_000;

let kafka: ClusterSide;
let embedded: ClusterSide;
/** For reading afterwards: a step, what it did on Apache Kafka, what on the embedded cluster. */
const differences: string[] = [];
const closing: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  const [real, ours] = await Promise.all([
    startRealKafka({ settings: SETTINGS }),
    startEmbeddedBroker(SETTINGS),
  ]);
  closing.push(
    () => real.close(),
    () => ours.close(),
  );
  kafka = new ClusterSide('kafka', real);
  embedded = new ClusterSide('embedded', ours);
  closing.push(
    () => kafka.close(),
    () => embedded.close(),
  );
});

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
