import { expect, type Page, test } from '@playwright/test';
import { uniqueName } from '../harness/names.ts';
import { startBroker, stopBroker, underTest } from '../harness/under-test.ts';
import { inCluster, numberIn, rowOf, statOf, topicAddress, visit } from './cluster-page.ts';
import { prepareTopic, removeTopic, untilWell } from './prepared-cluster.ts';

const isEmbedded = underTest.kind === 'embedded';
const created = uniqueName('walk');
let browsed = 'shop.orders';

/** The filter stands in the address once the typing rests: only then does the walk go on. */
async function filterTopics(page: Page, text: string) {
  await page.getByRole('searchbox', { name: 'Filter by name' }).fill(text);
  await expect(page).toHaveURL(new RegExp(`search=${text.replaceAll('.', '\\.')}`));
}

const go = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();

/** The embedded cluster's broker by its buttons, one of another cluster by a power cut. */
async function stopSecondBroker(page: Page) {
  if (!isEmbedded) return await stopBroker(2, 'hard');
  await go(page, 'Brokers');
  await page.getByRole('button', { name: 'Stop broker 2' }).click();
  await page.getByRole('menuitem', { name: 'Hard stop' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Start broker 2' })).toBeVisible();
}

async function startSecondBroker(page: Page) {
  if (!isEmbedded) return await startBroker(2);
  await go(page, 'Brokers');
  await page.getByRole('button', { name: 'Start broker 2' }).click();
  await expect(page.getByRole('button', { name: 'Stop broker 2' })).toBeVisible();
}

test.describe('a first walk, as the README has it', () => {
  test.beforeAll(async () => {
    test.setTimeout(180_000);
    await untilWell();
    if (isEmbedded) return;
    browsed = await prepareTopic('orders', {
      messages: Array.from({ length: 20 }, (_, order) => ({
        key: `customer-${order}`,
        value: JSON.stringify({ orderId: order, status: 'paid' }),
        headers: { source: 'walk' },
      })),
    });
  });
  test.afterAll(async () => {
    await startBroker(2);
    await removeTopic(created);
    if (!isEmbedded) await removeTopic(browsed);
  });

  test('browses, creates, stops, starts, elects, reassigns and deletes', async ({ page }) => {
    test.setTimeout(240_000);

    await test.step('Kafdeck opens at the cluster', async () => {
      await visit(page, '/');
      await expect(page).toHaveURL(inCluster());
      await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
      await expect(statOf(page, 'Brokers')).toHaveText('3');
      await expect(page.getByText(/^Healthy: all \d+ partitions/)).toBeVisible();
    });

    await test.step('messages of a topic are browsed', async () => {
      await go(page, 'Topics');
      await filterTopics(page, browsed);
      await page.getByRole('link', { name: browsed, exact: true }).click();
      await page.getByRole('link', { name: 'Messages', exact: true }).click();
      const messages = page.getByRole('table', { name: 'Messages' });
      await expect(messages.getByRole('row').nth(1)).toContainText('orderId');
      await page.getByRole('radio', { name: 'Oldest' }).click();
      await expect(page).toHaveURL(/from=earliest/);
      await expect(messages.getByRole('row').nth(1)).toContainText('orderId');
      await messages.getByRole('row').nth(1).getByRole('cell').last().click();
      const detail = page.getByRole('dialog', { name: /^Message at partition \d+, offset \d+$/ });
      await expect(detail.getByRole('region', { name: 'Value' })).toContainText('"orderId"');
      await expect(detail.getByRole('heading', { name: /^Headers \([1-9]/ })).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(detail).toBeHidden();
    });

    await test.step('a topic is created, seen beforehand', async () => {
      await go(page, 'Topics');
      await page.getByRole('button', { name: 'Create topic' }).first().click();
      const form = page.getByRole('dialog', { name: 'Create topic' });
      await form.getByLabel('Name', { exact: true }).fill(created);
      await form.getByLabel('Partitions', { exact: true }).fill('6');
      await form.getByLabel('Replication factor').fill('3');
      const plan = form.getByRole('region', { name: 'What will happen' });
      await plan.getByText('The same on the command line').click();
      await expect(plan.getByText(/kafka-topics(\.sh)? .*--create/)).toContainText(created);
      await form.getByRole('button', { name: 'Create topic' }).click();
      await expect(page).toHaveURL(topicAddress(created));
      await go(page, 'Topics');
      await filterTopics(page, created);
      const cells = rowOf(page, 'Topics', created).getByRole('cell');
      await expect(cells.nth(2)).toHaveText('6');
      await expect(cells.nth(3)).toHaveText('3');
      await expect(cells.nth(4)).toHaveText('100%');
    });

    await test.step('a broker stops; Overview follows by itself', async () => {
      if (isEmbedded) {
        await stopSecondBroker(page);
        await go(page, 'Overview');
      } else {
        await go(page, 'Overview');
        await expect(statOf(page, 'Under-replicated')).toHaveText('0');
        await stopSecondBroker(page);
      }
      await expect
        .poll(() => numberIn(statOf(page, 'Preferred leaders')), { timeout: 45_000 })
        .toBeLessThan(100);
      await expect
        .poll(() => numberIn(statOf(page, 'Under-replicated')), { timeout: 45_000 })
        .toBeGreaterThan(5);
      await expect(page.getByRole('list', { name: 'Findings' })).toContainText('Broker 2 is down.');
      await expect(statOf(page, 'Brokers')).toContainText('2');
    });

    await test.step('it starts; its replicas catch up, the leaders stay where they went', async () => {
      await startSecondBroker(page);
      if (isEmbedded) await go(page, 'Overview');
      await expect(statOf(page, 'Under-replicated')).toHaveText('0', { timeout: 60_000 });
      await expect(statOf(page, 'Brokers')).toHaveText('3');
      expect(await numberIn(statOf(page, 'Preferred leaders'))).toBeLessThan(100);
    });

    await test.step('preferred leaders are elected', async () => {
      await go(page, 'Plans');
      await page.getByRole('button', { name: 'Elect preferred leaders' }).click();
      const dialog = page.getByRole('dialog', { name: 'Elect preferred leaders' });
      await expect(dialog.getByText('The same on the command line')).toBeVisible();
      await dialog.getByRole('button', { name: 'Elect', exact: true }).click();
      await expect(dialog).toBeHidden();
      await expect(page.getByText('Every partition is led by its preferred leader.')).toBeVisible();
      await go(page, 'Overview');
      await expect(statOf(page, 'Preferred leaders')).toHaveText('100%');
    });

    await test.step('the topic is reassigned to two brokers', async () => {
      await go(page, 'Topics');
      await filterTopics(page, created);
      await page.getByRole('button', { name: `Actions for ${created}` }).click();
      await page.getByRole('menuitem', { name: 'Reassign replicas' }).click();
      await page.getByRole('checkbox', { name: 'Broker 2' }).uncheck();
      await page.getByLabel('Replication factor').fill('2');
      const plan = page.getByRole('region', { name: 'What will happen' });
      const moves = plan.getByRole('table', { name: 'Replicas before and after' });
      await expect(moves.getByRole('row')).toHaveCount(7);
      await expect(plan.getByText('The same on the command line')).toBeVisible();
      await page.getByRole('button', { name: 'Start reassignment' }).click();
      await expect(page).toHaveURL(inCluster('/plans'));
      await expect(page.getByText('No reassignment is under way')).toBeVisible({ timeout: 60_000 });

      await visit(page, topicAddress(created, 'partitions'));
      const replicas = page
        .getByRole('table', { name: 'Partitions' })
        .getByRole('list', { name: 'Replicas' });
      await expect(replicas).toHaveCount(6);
      await expect(
        page.getByRole('table', { name: 'Partitions' }).getByText('in sync', { exact: true }),
      ).toHaveCount(6);
      for (const list of await replicas.all()) {
        const ids = (await list.getByRole('listitem').allInnerTexts()).map((text) =>
          Number.parseInt(text, 10),
        );
        expect(ids.sort()).toEqual([1, 3]);
      }
    });

    await test.step('it is deleted by typing its name', async () => {
      await page.getByRole('button', { name: 'Actions', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Delete topic' }).click();
      const dialog = page.getByRole('alertdialog', { name: `Delete ${created}` });
      const submit = dialog.getByRole('button', { name: 'Delete topic' });
      const name = dialog.getByRole('textbox');
      await name.fill(created.slice(0, -1));
      await expect(submit).toBeDisabled();
      await name.fill(created);
      await submit.click();
      await expect(page).toHaveURL(inCluster('/topics'));
      await filterTopics(page, created);
      await expect(page.getByText('No topic matches')).toBeVisible();
    });
  });
});
