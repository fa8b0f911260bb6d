import { gzipSync } from 'node:zlib';
import { expect, type Response, test } from '@playwright/test';
import { inCluster } from './cluster-page.ts';

const LIMIT = 250 * 1024;

test('Overview loads at most 250 KB of JavaScript, gzipped', async ({ page }) => {
  const scripts: Response[] = [];
  const keep = (response: Response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  };
  page.on('response', keep);
  await page.goto(inCluster(), { waitUntil: 'load' });
  page.off('response', keep);
  const sizes = await Promise.all(scripts.map(async (response) => gzipSync(await response.body()).length));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(scripts.length).toBeGreaterThan(0);
  expect(total, `${(total / 1024).toFixed(1)} KB in ${scripts.length} scripts`).toBeLessThanOrEqual(LIMIT);
});
