import { expect, type Page, test } from '@playwright/test';
import { ask } from '../harness/api.ts';
import { expectAccessible } from './accessibility.ts';
import { inCluster, topicAddress, visit } from './cluster-page.ts';
import { messageRows, messageTable, openMessage } from './messages-page.ts';
import { prepareTopic, removeTopic } from './prepared-cluster.ts';
import { complaintsOf } from './watched-page.ts';

let parcels = '';
let returns = '';

/** A state of a parcel, or of what is sent back. */
const stateOf = (id: number, state: string, weight: number) => ({
  partition: 0,
  key: `p-${id}`,
  value: JSON.stringify({ id, state, weight, to: { city: id % 2 ? 'Busan' : 'Seoul' } }),
});

test.beforeAll(async () => {
  const states = ['packed', 'sent', 'delivered'];
  parcels = await prepareTopic('parcels', {
    messages: states.flatMap((state, step) => [1, 2, 3, 4].map((id) => stateOf(id, state, id * 100 + step))),
  });
  returns = await prepareTopic('returns', {
    messages: [stateOf(3, 'returned', 300), stateOf(4, 'lost', 400)],
  });
});
test.afterAll(async () => {
  await removeTopic(parcels);
  await removeTopic(returns);
});

const searches = (page: Page) => page.getByRole('dialog', { name: 'Searches', exact: true });

test('a search is kept under a name, found by others, and deleted', async ({ page, browser }) => {
  const complaints = complaintsOf(page);
  const name = `delivered ${parcels}`;
  await visit(page, `${topicAddress(parcels, 'messages')}?from=earliest&search=delivered`);
  await expect(messageRows(page)).toHaveCount(4);
  await page.getByRole('button', { name: 'Searches' }).click();
  await searches(page).getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Save this search' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();

  const other = await browser.newPage();
  await visit(other, topicAddress(parcels, 'messages'));
  await expect(messageRows(other)).toHaveCount(12);
  await other.getByRole('button', { name: 'Searches' }).click();
  await searches(other).getByRole('button', { name, exact: true }).click();
  await expect(messageRows(other)).toHaveCount(4);
  await other.getByRole('button', { name: 'Searches' }).click();
  await searches(other)
    .getByRole('button', { name: `Delete ${name}` })
    .click();
  await expect(searches(other).getByRole('button', { name, exact: true })).toBeHidden();
  await other.close();
  const { items } = await ask('listSavedSearches', {});
  expect(items.filter((each) => each.name === name)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a field becomes a column, which the link has, too', async ({ page }) => {
  await visit(page, `${topicAddress(parcels, 'messages')}?from=earliest`);
  await expect(messageRows(page)).toHaveCount(12);
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByRole('dialog', { name: 'Columns' }).getByText('value.to.city', { exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(messageTable(page).getByRole('columnheader', { name: /to\.city/ })).toBeVisible();
  await expect(messageRows(page).first()).toContainText('Busan');
  await page.reload();
  await expect(messageTable(page).getByRole('columnheader', { name: /to\.city/ })).toBeVisible();
});

test('statistics tell what the messages are like as a whole', async ({ page }) => {
  const complaints = complaintsOf(page);
  await visit(page, `${topicAddress(parcels, 'messages')}?from=earliest`);
  await page.getByRole('button', { name: 'Statistics', exact: true }).click();
  const statistics = page.getByRole('region', { name: 'Statistics', exact: true });
  await expect(statistics.getByText('Of all messages')).toBeVisible();
  const fields = statistics.getByRole('table', { name: 'Fields' });
  await expect(fields.getByRole('row').filter({ hasText: 'value.weight' })).toContainText('100 … 402');
  const keys = statistics.getByRole('table', { name: 'Keys' });
  await expect(keys.getByRole('row').filter({ hasText: 'p-1' })).toContainText('3');
  await expectAccessible(page);
  expect(complaints).toEqual([]);
});

test('a message is compared with the one before it of its key', async ({ page }) => {
  await visit(page, `${topicAddress(parcels, 'messages')}?from=earliest&search=delivered`);
  const detail = await openMessage(page, messageRows(page).first());
  const compare = detail.getByRole('region', { name: 'Previous message of this key' });
  await compare.getByRole('button', { name: 'Compare' }).click();
  const changes = compare.getByRole('region', { name: 'Changes of the value' });
  await expect(changes).toContainText('removed: "state": "sent"');
  await expect(changes).toContainText('added: "state": "delivered"');
  await expectAccessible(page);
});

test('several topics are searched at once, and what is found is at hand', async ({ page }) => {
  const complaints = complaintsOf(page);
  const query = new URLSearchParams({
    topics: `${parcels},${returns}`,
    from: 'earliest',
    filter: 'value.id == 3',
  });
  await visit(page, inCluster(`/messages?${query}`));
  await expect(messageRows(page)).toHaveCount(4);
  await expect(messageRows(page).filter({ hasText: returns })).toHaveCount(1);
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Send what is found again' }).click();
  const resend = page.getByRole('dialog', { name: 'Send what is found again' });
  await resend.getByRole('combobox', { name: 'Topic', exact: true }).fill(returns);
  await page.getByRole('option', { name: returns }).click();
  await resend.getByRole('button', { name: 'Preview' }).click();
  await expect(resend.getByRole('button', { name: 'Send 4 messages' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(resend).toBeHidden();

  const detail = await openMessage(page, messageRows(page).filter({ hasText: 'returned' }));
  await detail.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Make another of it' }).click();
  const produce = page.getByRole('dialog', { name: `Produce to ${returns}` });
  await expect(produce.getByRole('textbox', { name: 'Key', exact: true })).toHaveValue('p-3');
  expect(complaints).toEqual([]);
});
