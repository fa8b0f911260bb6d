import { expect, test } from '@playwright/test';
import { underTest } from '../harness/under-test.ts';
import { inCluster } from './cluster-page.ts';
import { prepareTopic, removeTopic } from './prepared-cluster.ts';

test.use({ viewport: { width: 390, height: 844 } });

test('a broker can be stopped from the list without scrolling it to the side', async ({ page }) => {
  test.skip(underTest.kind !== 'embedded', 'other brokers are not Kafdeck’s to stop');
  await page.goto(inCluster('/brokers'));
  await expect(page.getByRole('button', { name: 'Stop broker 1' })).toBeInViewport({ ratio: 1 });
});

test('a plan of more moves than are drawn at once shows the first of them', async ({ page }) => {
  const topic = await prepareTopic('many-moves', { partitionCount: 64, replicationFactor: 1 });
  try {
    await page.goto(inCluster(`/plans/reassign?topics=${topic}`));
    await page.getByLabel('Replication factor').fill('2');
    await expect(page.getByRole('table', { name: 'Replicas before and after' })).toContainText(`${topic}-0`);
  } finally {
    await removeTopic(topic);
  }
});
