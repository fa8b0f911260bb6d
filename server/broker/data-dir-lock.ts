import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Data dirs that this process holds. */
const held = new Set<string>();

/**
 * Makes this process the one owner of a data dir, by a lock file that names it. A lock whose process is gone is taken over.
 * Returns how to give it back.
 * @throws Error with one clear line when another process, or another cluster of this one, has it
 */
export function lockDataDir(dataDir: string): () => void {
  const dir = resolve(dataDir);
  const path = join(dir, '.lock');
  mkdirSync(dir, { recursive: true });
  // Only one of those who begin at the same moment can make the file.
  while (!tryToWrite(path)) {
    const owner = ownerOf(path);
    const isOurs = owner?.pid === process.pid;
    if (isOurs ? held.has(dir) : owner !== null && isRunning(owner)) {
      throw new Error(`The data dir ${dir} is in use by process ${owner?.pid}`);
    }
    rmSync(path, { force: true });
  }
  held.add(dir);
  return () => {
    if (held.delete(dir)) rmSync(path, { force: true });
  };
}

/** Makes the file with all that is in it at once. False when it is there already. */
function tryToWrite(path: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${process.pid} ${startOf(process.pid) ?? ''}\n`);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

interface Owner {
  readonly pid: number;
  /** What the kernel says of when it started, '' where it says nothing: process ids are used again. */
  readonly start: string;
}

function ownerOf(path: string): Owner | null {
  const [pid, start] = (readIfThere(path) ?? '').trim().split(' ');
  return Number(pid) > 0 ? { pid: Number(pid), start: start ?? '' } : null;
}

function isRunning({ pid, start }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not permitted to signal it means that it is there.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const startNow = startOf(pid);
  return start === '' || startNow === null || start === startNow;
}

/** The process's start in clock ticks since boot: the 22nd field of Linux's /proc/<pid>/stat. */
function startOf(pid: number): string | null {
  const stat = readIfThere(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
