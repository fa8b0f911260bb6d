import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../harness/under-test.ts';
import { runWithin } from './run-within.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kafdeck-run-within-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const node = (program: string) => [process.execPath, '-e', program];
const LONG_MS = 60_000;
/** Enough to start two programs in, on a busy machine too. */
const SHORT_MS = 4000;

/** A program that writes the id of a process it starts to a file, and has that process and itself stand still. */
function standingStill({ evenWhenAsked = false } = {}): { command: string[]; startedId(): number } {
  const file = join(folder, 'id');
  const still = `${evenWhenAsked ? "process.on('SIGTERM', () => {});" : ''}setInterval(() => {}, 1000);`;
  const command = node(`
    ${still}
    const { pid } = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(still)}]);
    require('node:fs').writeFileSync(${JSON.stringify(file)}, String(pid));
  `);
  return { command, startedId: () => Number(readFileSync(file, 'utf8')) };
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    // One that has ended and that nobody has asked about yet is no longer running.
    return !/^State:\sZ/m.test(readFileSync(`/proc/${id}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('tells a good end from a bad one', async () => {
  expect(await runWithin(node(''), LONG_MS)).toBe('ok');
  expect(await runWithin(node('process.exit(3)'), LONG_MS)).toBe('failed');
  expect(await runWithin(['/no/such/program'], LONG_MS)).toBe('failed');
});

test('ends what takes too long, with what it has started', async () => {
  const { command, startedId } = standingStill();
  expect(await runWithin(command, SHORT_MS)).toBe('late');
  await eventually('the program’s own program has ended', async () => !isRunning(startedId()));
});

test('ends what does not want to, too', async () => {
  const { command, startedId } = standingStill({ evenWhenAsked: true });
  expect(await runWithin(command, SHORT_MS, { graceMs: 500 })).toBe('late');
  await eventually('the program’s own program has ended', async () => !isRunning(startedId()));
});

test('leaves nothing running after an end in time', async () => {
  const { command, startedId } = standingStill();
  const leaving = command.with(-1, `${command.at(-1)}; process.exit(0)`);
  expect(await runWithin(leaving, LONG_MS)).toBe('ok');
  await eventually('the program’s own program has ended', async () => !isRunning(startedId()));
});
