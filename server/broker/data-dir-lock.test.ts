import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataDir } from './data-dir-lock.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a data dir has one owner in a process, and can be given back', () => {
  const release = lockDataDir(dir);
  expect(() => lockDataDir(dir)).toThrow(`The data dir ${dir} is in use by process ${process.pid}`);
  release();
  expect(existsSync(join(dir, '.lock'))).toBe(false);
  lockDataDir(dir)();
});

test('the lock of another process holds as long as that runs', async () => {
  const other = spawn('sleep', ['30']);
  await once(other, 'spawn');
  writeFileSync(join(dir, '.lock'), `${other.pid}\n`);
  expect(() => lockDataDir(dir)).toThrow(`is in use by process ${other.pid}`);
  other.kill('SIGKILL');
  await once(other, 'exit');
  const release = lockDataDir(dir);
  expect(readFileSync(join(dir, '.lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
  release();
});

test('a process id that was given to another process since does not hold it', () => {
  writeFileSync(join(dir, '.lock'), `${process.ppid} 1\n`);
  lockDataDir(dir)();
});
