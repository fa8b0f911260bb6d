import { expect, test } from '@playwright/test';
import { uniqueName } from '../harness/names.ts';
import { inCluster, rowOf, visit } from './cluster-page.ts';
import { otherClient } from './prepared-cluster.ts';

/** Milliseconds within which a change on the cluster shows in an open page. */
const FRESH = 2000;

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

test("shows other clients' topics come and go in an open list", async ({ page }) => {
  const names = [1, 2, 3].map((n) => uniqueName(`fresh-${n}`));
  const admin = otherClient().admin();
  await admin.connect();
  await visit(page, inCluster('/topics?search=e2e.fresh-'));
  await expect(page.getByText('No topic matches')).toBeVisible();
  const shown: number[] = [];
  const gone: number[] = [];
  try {
    for (const topic of names) {
      await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
      const since = Date.now();
      await expect(rowOf(page, 'Topics', topic)).toBeVisible();
      shown.push(Date.now() - since);
    }
    for (const topic of names) {
      await admin.deleteTopics({ topics: [topic] });
      const since = Date.now();
      await expect(rowOf(page, 'Topics', topic)).toHaveCount(0);
      gone.push(Date.now() - since);
    }
  } finally {
    await admin.disconnect();
  }
  // The middle one of three: a moment in which the machine does something else is no fault of the page.
  expect(median(shown), `shown after ${shown} ms`).toBeLessThanOrEqual(FRESH);
  expect(median(gone), `gone after ${gone} ms`).toBeLessThanOrEqual(FRESH);
});

test('keeps what it has while the console is away, says so, and goes on when it is back', async ({
  page,
}) => {
  await visit(page, inCluster());
  const live = page.getByRole('banner').getByRole('status');
  await expect(live).toHaveText('Live');
  const brokers = page.getByRole('table', { name: 'Brokers' }).locator('tbody').getByRole('row');
  await expect(brokers).toHaveCount(3);

  await page.route('**/api/**', (route) => route.abort());
  await expect(live).toHaveText('Reconnecting');
  await expect(brokers).toHaveCount(3);

  await page.unroute('**/api/**');
  await expect(live).toHaveText('Live');
  await expect(page.locator('main').getByRole('alert')).toHaveCount(0);
});
