import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const projectDir = resolve(import.meta.dirname, '../..');

/** Downloads that outlive one run: jars and the Python environment. Ignored by git. */
export const cacheDir = join(projectDir, 'e2e/.cache');

/** What a run leaves to be looked at: logs, screenshots, reports. Ignored by git. */
export const resultsDir = join(projectDir, 'e2e/.results');

export function scratchDir(purpose: string): string {
  return mkdtempSync(join(tmpdir(), `kafdeck-${purpose}-`));
}
