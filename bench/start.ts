/**
 * Starting with nothing configured, as `npm start` does after the first time: `node bench/start.ts`.
 * Time until the address is printed, the first views after that, first-load JavaScript, and the memory of both
 * processes with the sample data running; then the embedded cluster alone. Needs a build.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from '../e2e/harness/child.ts';
import { startEmbeddedBroker } from '../e2e/harness/embedded-broker.ts';
import { projectDir, resultsDir, scratchDir } from '../e2e/harness/folders.ts';
import { freePortBlock } from '../e2e/harness/ports.ts';
import { firstLoadScripts, median, residentMegabytes, table, timeGet } from './measure.ts';

const CONSOLE = 'server/start/main.mjs';
const EMBEDDED = 'server/broker/main.mjs';
const ROUNDS = 5;
const SAMPLE_DATA_SECONDS = 30;

interface Start {
  address: number;
  page: number;
  overview: number;
}

mkdirSync(resultsDir, { recursive: true });
const dataDir = scratchDir('bench-start');
const starts: Start[] = [];
const rows: string[][] = [];
try {
  // The first one fills caches and makes the sample data; it does not count.
  for (let round = 0; round <= ROUNDS; round++) {
    const isLast = round === ROUNDS;
    const begun = performance.now();
    const sinceBegin = () => performance.now() - begun;
    const kafdeck = new Child('npm', ['start', '--silent'], {
      cwd: projectDir,
      env: {
        HOST: '127.0.0.1',
        PORT: String(await freePortBlock(1)),
        KAFDECK_DATA_DIR: dataDir,
        KAFDECK_EMBEDDED_PORT: String(await freePortBlock(3)),
      },
      logFile: join(resultsDir, 'bench-start.log'),
    });
    const [, url] = await kafdeck.waitFor(/(http:\/\/127\.0\.0\.1:\d+)/, 60_000);
    const address = sinceBegin();
    await timeGet(`${url}/clusters/embedded`);
    const page = sinceBegin();
    await timeGet(`${url}/api/v1/clusters/embedded/overview`);
    if (round > 0) starts.push({ address, page, overview: sinceBegin() });
    if (isLast) {
      const scripts = await firstLoadScripts(`${url}/clusters/embedded`);
      rows.push(['first-load JavaScript of Overview, gzip', `${(scripts / 1024).toFixed(0)} KB`]);
      await new Promise((resume) => setTimeout(resume, SAMPLE_DATA_SECONDS * 1000));
      for (const [name, program] of [
        ['console', CONSOLE],
        ['embedded cluster', EMBEDDED],
      ] as const) {
        const memory = residentMegabytes(descendant(kafdeck.process.pid!, program));
        rows.push([
          `memory of the ${name}, sample data for ${SAMPLE_DATA_SECONDS} s`,
          `${memory.toFixed(0)} MB`,
        ]);
      }
    }
    // npm is gone before the console is, when it is told to end; told itself, the console takes npm with it.
    process.kill(descendant(kafdeck.process.pid!, CONSOLE));
    await kafdeck.exited;
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

const alone: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const begun = performance.now();
  const broker = await startEmbeddedBroker();
  alone.push(performance.now() - begun);
  await broker.close();
}

const milliseconds = (values: number[]) => `${median(values).toFixed(0)} ms`;
console.log(
  table(
    [`nothing configured, medians of ${ROUNDS} starts`, 'Kafdeck'],
    [
      ['`npm start` until the address is printed', milliseconds(starts.map(({ address }) => address))],
      ['… until the first page', milliseconds(starts.map(({ page }) => page))],
      ['… until the overview in it', milliseconds(starts.map(({ overview }) => overview))],
      ['embedded cluster alone, process start until ready', milliseconds(alone)],
      ...rows,
    ],
  ),
);

/** The process under `pid` that runs a program (Linux). */
function descendant(pid: number, program: string): number {
  const found = search(pid);
  if (found === null) throw new Error(`No process runs ${program}`);
  return found;

  function search(at: number): number | null {
    if (readFileSync(`/proc/${at}/cmdline`, 'utf8').includes(program)) return at;
    const children = readFileSync(`/proc/${at}/task/${at}/children`, 'utf8').split(' ').filter(Boolean);
    for (const child of children) {
      const below = search(Number(child));
      if (below !== null) return below;
    }
    return null;
  }
}
