import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readHashKey } from './hash-key.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kafdeck-hash-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('makes a secret once, for its owner alone', () => {
  const path = join(folder, 'data', 'masking.key');
  const key = readHashKey(path);
  expect(Buffer.from(key, 'base64')).toHaveLength(32);
  expect(readHashKey(path)).toBe(key);
  expect(readFileSync(path, 'utf8').trim()).toBe(key);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'data'))).toEqual(['masking.key']);
  expect(readHashKey(join(folder, 'other.key'))).not.toBe(key);
});

it('takes nothing else for one', () => {
  const path = join(folder, 'masking.key');
  writeFileSync(path, 'short');
  expect(() => readHashKey(path)).toThrow(/delete it/);
});
