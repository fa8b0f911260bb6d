import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../harness/folders.ts';
import { installFromDebian } from './debian.ts';

const PACKAGES = ['kafka-python==3.0.12'];

/** A Python environment with kafka-python in the tests' cache; made on the first call. */
export function ensurePython(): string {
  const dir = join(cacheDir, 'python');
  if (existsSync(join(dir, 'ready'))) return dir;
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(cacheDir, { recursive: true });
  if (spawnSync('python3', ['-c', 'import ensurepip']).status !== 0)
    installFromDebian(['python3', 'python3-venv']);
  execFileSync('python3', ['-m', 'venv', dir], { stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync(
    join(dir, 'bin/python'),
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  mkdirSync(join(dir, 'making'));
  renameSync(join(dir, 'making'), join(dir, 'ready'));
  return dir;
}
