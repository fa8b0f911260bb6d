import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir, resultsDir } from '../harness/folders.ts';
import { limitOf, type MINUTES } from './limits.ts';
import { runWithin } from './run-within.ts';

/** What a time limit is for. */
type Kind = keyof typeof MINUTES;

export interface Tally {
  passed: number;
  failed: number;
}

/** One line for each step that was run, told again at the end. */
const ends: string[] = [];

const bin = (name: string) => join(projectDir, 'node_modules/.bin', name);

/** Runs a command and says how it went. One that is not done within its time is ended with all it has started, and has failed. */
async function run(
  title: string,
  kind: Kind,
  command: string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  console.log(`\n── ${title}`);
  const started = Date.now();
  const end = await runWithin(command, limitOf(kind), { cwd: projectDir, env: { ...process.env, ...env } });
  const how = { ok: 'ok', failed: 'FAILED', late: 'FAILED (ended, for it took too long)' }[end];
  ends.push(`── ${title}: ${how} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  console.log(ends.at(-1));
  return end === 'ok';
}

/** A check that passes or fails as a whole: types, lint, import rules, dead code. */
export async function check(title: string, tool: string, args: string[]): Promise<Tally> {
  const ok = await run(title, 'check', [bin(tool), ...args]);
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function report(name: string): string {
  mkdirSync(resultsDir, { recursive: true });
  const file = join(resultsDir, name);
  rmSync(file, { force: true });
  return file;
}

/** A suite that ended without a report, or non-zero with no failed test, counts as one failure. */
function settle(ok: boolean, tally: Tally | undefined): Tally {
  if (!tally || (tally.passed === 0 && tally.failed === 0)) return { passed: 0, failed: 1 };
  return ok || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}

/** Runs one project of vitest.config.ts. */
export async function vitest(
  title: string,
  project: Exclude<Kind, 'check' | 'walks'>,
  env: Record<string, string> = {},
): Promise<Tally> {
  const file = report(`vitest-${project}.json`);
  const ok = await run(
    title,
    project,
    [
      bin('vitest'),
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    env,
  );
  if (!existsSync(file)) return settle(ok, undefined);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  return settle(ok, { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 });
}

/** Runs the Playwright walks. */
export async function playwright(title: string, env: Record<string, string>): Promise<Tally> {
  const file = report('playwright.json');
  const ok = await run(title, 'walks', [bin('playwright'), 'test'], {
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  if (!existsSync(file)) return settle(ok, undefined);
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number };
  };
  return settle(ok, { passed: stats.expected + stats.flaky, failed: stats.unexpected });
}

export const sum = (tallies: Tally[]): Tally =>
  tallies.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), {
    passed: 0,
    failed: 0,
  });

/** Tells how the steps went, prints the closing line and ends this process, also if something is left open in it. */
export function close(tally: Tally): never {
  console.log(`\n${ends.join('\n')}\n\n${tally.passed} passed, ${tally.failed} failed`);
  process.exit(tally.failed > 0 || tally.passed === 0 ? 1 : 0);
}
