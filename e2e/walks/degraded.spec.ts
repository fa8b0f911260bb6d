import { expect, test } from '@playwright/test';
import { ask } from '../harness/api.ts';
import { uniqueName } from '../harness/names.ts';
import { startBroker, stopBroker } from '../harness/under-test.ts';
import { inCluster, rowOf, statOf, topicAddress, visit } from './cluster-page.ts';
import { prepareTopic, produce, removeTopic, untilWell } from './prepared-cluster.ts';

/** Partition 0 lives on broker 1 alone, partition 1 on broker 3 alone. */
const single = uniqueName('single');
let spread = '';

test.beforeAll(async () => {
  test.setTimeout(180_000);
  await untilWell();
  spread = await prepareTopic('spread', { messages: [{ partition: 0, value: 'kept on three brokers' }] });
  await ask('createTopic', { body: { name: single, assignment: [[1], [3]] } });
  await produce(single, { partition: 0, value: 'still here' });
  await produce(single, { partition: 1, value: 'away with broker 3' });
  await stopBroker(3, 'hard');
});
test.afterAll(async () => {
  test.setTimeout(180_000);
  await untilWell();
  for (const topic of [spread, single]) await removeTopic(topic);
});

test('with a broker down every page shows the rest and says what is missing', async ({ page }) => {
  await visit(page, inCluster());
  const findings = page.getByRole('list', { name: 'Findings' });
  await expect(findings).toContainText('Broker 3 is down.', { timeout: 45_000 });
  await expect(findings).toContainText(/partitions? ha(s|ve) no leader/);
  await expect(statOf(page, 'Brokers')).toContainText(/2\s*of 3/);

  await visit(page, inCluster('/brokers'));
  await expect(rowOf(page, 'Brokers', 'Broker 3')).toContainText(/Down|Stopped/);
  await expect(rowOf(page, 'Brokers', 'Broker 1')).toContainText('Running');
  await visit(page, inCluster('/brokers/3'));
  await expect(page.getByRole('heading', { level: 1, name: 'Broker 3' })).toBeVisible();
  await expect(page.getByText(/missing from this page/).first()).toBeVisible();

  await visit(page, inCluster(`/topics?search=${single}`));
  await expect(rowOf(page, 'Topics', single)).toContainText('1 offline');
  await visit(page, inCluster(`/topics?search=${spread}&health=under-replicated`));
  await expect(rowOf(page, 'Topics', spread)).toBeVisible();

  await visit(page, topicAddress(spread, 'partitions'));
  const partitions = page.getByRole('table', { name: 'Partitions' });
  await expect(partitions.getByText('under-replicated')).toHaveCount(3);
  await visit(page, topicAddress(spread, 'messages'));
  await expect(page.getByRole('table', { name: 'Messages' })).toContainText('kept on three brokers');

  await visit(page, `${topicAddress(single, 'messages')}?from=earliest`);
  await expect(page.getByRole('table', { name: 'Messages' })).toContainText('still here');
  await expect(page.getByText(/missing from this page/).first()).toBeVisible();
  await visit(page, topicAddress(single));
  await expect(page.getByText('1 offline').first()).toBeVisible();

  await startBroker(3);
  await visit(page, inCluster());
  await expect(page.getByText(/^Healthy: all|not led by (its|their) preferred/).first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(statOf(page, 'Offline')).toHaveText('0');
  await expect(statOf(page, 'Under-replicated')).toHaveText('0', { timeout: 60_000 });
});
