import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Installs packages from Debian. Needs root, or sudo without a password. */
export function installFromDebian(packages: string[]): void {
  console.log(`Installing from Debian: ${packages.join(' ')}`);
  const apt = (...args: string[]) => {
    const command = ['apt-get', ...args];
    if (process.getuid?.() !== 0) command.unshift('sudo', '-n');
    execFileSync(command[0]!, command.slice(1), {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  };
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

/** Installs what is missing, given as `{ program: package }`. */
export function ensurePrograms(packages: Record<string, string>): void {
  const missing = Object.entries(packages).filter(([program]) => !onPath(program));
  if (missing.length > 0) installFromDebian(missing.map(([, name]) => name));
}
