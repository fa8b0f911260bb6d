import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { inCluster } from './cluster-page.ts';

const LIMIT = 250 * 1024;

/** Scripts that the page itself names; menus, dialogs and the chart are fetched after the first view. */
const NAMED = /<script\b(?![^>]*\bnomodule\b)[^>]*\bsrc="([^"]+)"/gi;

test('Overview loads at most 250 KB of JavaScript, gzipped, for its first view', async ({ request }) => {
  const html = await (await request.get(inCluster())).text();
  const scripts = new Set([...html.matchAll(NAMED)].map((match) => match[1]!));
  expect(scripts.size).toBeGreaterThan(0);
  let total = 0;
  for (const script of scripts) total += gzipSync(await (await request.get(script)).body()).length;
  expect(total, `${(total / 1024).toFixed(1)} KB in ${scripts.size} scripts`).toBeLessThanOrEqual(LIMIT);
});
