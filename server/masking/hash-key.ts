import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const KEY_BYTES = 32;

/**
 * The secret that hashes of masked values are made with, in a file that only its owner may read. It is made when it is not there;
 * with another one the same values have other hashes.
 *
 * @returns base64
 * @throws Error when the file cannot be read or written, or has something else in it
 */
export function readHashKey(path: string): string {
  const key = read(path) ?? made(path);
  // With half a secret hashes could be looked up by trying.
  if (Buffer.from(key, 'base64').length !== KEY_BYTES)
    throw new Error(`${path} is not the secret of masked values; delete it to have a new one made`);
  return key;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whole or not at all, whoever else makes one at the same time. */
function made(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, 'utf8').trim();
}
