import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from './child.ts';
import { projectDir, resultsDir } from './folders.ts';

/** As server/start/bootstrap.mjs gives them. */
const NODE_FLAGS = [
  '--disable-warning=ExperimentalWarning',
  '--disable-warning=TimeoutNegativeWarning',
  '--min-semi-space-size=8',
  '--max-semi-space-size=8',
  '--heap-growing-percent=50',
];

export interface Console {
  /** Where it serves, e.g. `http://127.0.0.1:23456`. */
  readonly url: string;
  readonly child: Child;
  close(): Promise<void>;
}

/** Starts a built Kafdeck as `npm start` does after its build, and waits until it prints its address. */
export async function startConsole(
  name: string,
  env: Record<string, string>,
  timeoutMs = 60_000,
): Promise<Console> {
  mkdirSync(resultsDir, { recursive: true });
  const child = new Child(process.execPath, [...NODE_FLAGS, join(projectDir, 'server/start/main.mjs')], {
    cwd: projectDir,
    env: { HOST: '127.0.0.1', NODE_ENV: 'production', MALLOC_ARENA_MAX: '2', ...env },
    logFile: join(resultsDir, `console-${name}.log`),
  });
  const [, url] = await child.waitFor(/(http:\/\/127\.0\.0\.1:\d+)/, timeoutMs);
  return {
    url: url!,
    child,
    async close() {
      await child.stop();
    },
  };
}
