import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { ask, askLines } from '../harness/api.ts';
import { expectAccessible } from './accessibility.ts';
import { topicAddress, visit } from './cluster-page.ts';
import { messageRows } from './messages-page.ts';
import { prepareTopic, removeTopic } from './prepared-cluster.ts';
import { complaintsOf } from './watched-page.ts';

let orders = '';
let payments = '';
let letters = '';
const made: string[] = [];

async function newTopic(purpose: string, partitionCount = 3): Promise<string> {
  const name = await prepareTopic(purpose, { partitionCount });
  made.push(name);
  return name;
}

async function fill(topic: string, count: number, headers: Record<string, string> = {}): Promise<void> {
  const lines = await askLines('produceMany', {
    params: { topic },
    body: {
      key: { data: 'order-{{counter}}' },
      value: { data: '{"order":{{counter}},"total":{{float 1 500}}}' },
      headers: Object.entries(headers).map(([key, data]) => ({ key, value: { data } })),
      count,
    },
  });
  expect(lines.at(-1)).toMatchObject({ reason: 'done', acknowledged: count });
}

async function countOf(topic: string): Promise<number> {
  const { partitions } = await ask('getTopic', { params: { topic } });
  return partitions.reduce((sum, one) => sum + (one.logEndOffset ?? 0) - (one.logStartOffset ?? 0), 0);
}

test.beforeAll(async () => {
  orders = await newTopic('orders');
  payments = await newTopic('payments', 2);
  letters = await newTopic('dead-letters', 2);
  await fill(letters, 30, { 'original-topic': orders, error: 'timeout after {{int 100 900}} ms' });
  await fill(letters, 12, { 'original-topic': payments, error: 'card declined' });
});
test.afterAll(async () => {
  for (const topic of made) await removeTopic(topic);
});

/** Chooses what to do with the messages of the page, and gives the dialog. */
async function choose(page: Page, item: string): Promise<Locator> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
  const dialog = page.getByRole('dialog').last();
  await expect(dialog).toBeVisible();
  return dialog;
}

test('drains a dead-letter topic: each message back to where it came from', async ({ page }) => {
  const complaints = complaintsOf(page);
  await visit(page, topicAddress(letters, 'messages'));
  await expect(messageRows(page)).toHaveCount(42);
  await page.getByRole('searchbox').fill('timeout');
  await page.keyboard.press('Enter');
  await expect(messageRows(page)).toHaveCount(30);

  const dialog = await choose(page, 'Send what is found again');
  await dialog.getByRole('radio', { name: 'A header names it' }).click();
  await dialog.getByLabel('Header', { exact: true }).fill('original-topic');
  await dialog.getByRole('checkbox', { name: /kafdeck-source/ }).click();
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByText('30 messages', { exact: false }).first()).toBeVisible();
  await expect(dialog.getByRole('region', { name: 'What will happen' })).toContainText(`topic ${orders}`);
  await expect(dialog.getByRole('region', { name: 'The first ones' })).toContainText('timeout after');
  await expectAccessible(page);

  await dialog.getByRole('button', { name: 'Send 30 messages' }).click();
  await expect(dialog.getByRole('status').filter({ hasText: 'Done' })).toContainText('30 messages sent');
  await expect.poll(() => countOf(orders)).toBe(30);
  expect(await countOf(payments)).toBe(0);
  await expectAccessible(page);

  await dialog
    .getByRole('link', { name: new RegExp(`^${orders}-\\d: `) })
    .first()
    .click();
  const arrived = page.getByRole('dialog', { name: /^Message at partition \d, offset 0/ });
  await expect(arrived.getByText('kafdeck-source')).toBeVisible();
  await expect(arrived).toContainText(`${letters}-`);
  expect(complaints).toEqual([]);
});

test('goes on where it was cancelled', async ({ page }) => {
  test.setTimeout(240_000);
  const many = await newTopic('many-letters', 4);
  const target = await newTopic('many-back', 2);
  await fill(many, 40_000);
  await visit(page, topicAddress(many, 'messages'));
  await expect(messageRows(page).first()).toBeVisible();
  const dialog = await choose(page, 'Send what is found again');
  await dialog.getByRole('combobox', { name: 'Topic' }).fill(target);
  await page.getByRole('option', { name: target }).click();
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByRole('button', { name: 'Send 40,000 messages' }).click({ timeout: 60_000 });
  // Until it is under way the same button closes the dialog; a quick machine may be through before it is reached.
  const result = dialog.getByRole('status').filter({ hasText: /sent/ });
  await expect(dialog.getByRole('progressbar').or(result).first()).toBeVisible({ timeout: 60_000 });
  await dialog
    .getByRole('button', { name: 'Cancel' })
    .click({ timeout: 5000 })
    .catch(() => {});
  await expect(result).toContainText(/^(Cancelled|Done)/, { timeout: 60_000 });
  if (/^Cancelled/.test(await result.innerText())) {
    await dialog.getByRole('button', { name: 'Go on with the rest' }).click();
    await expect(result).toContainText('Done', { timeout: 90_000 });
  }
  await expect.poll(() => countOf(target)).toBe(40_000);
});

test('sends again the messages that are ticked, and makes another of one', async ({ page }) => {
  const target = await newTopic('ticked', 1);
  await visit(page, topicAddress(letters, 'messages'));
  await messageRows(page).nth(0).getByRole('checkbox').click();
  await messageRows(page).nth(2).getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Send 2 messages again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send 2 messages again' });
  await dialog.getByRole('combobox', { name: 'Topic' }).fill(target);
  await page.getByRole('option', { name: target }).click();
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByRole('button', { name: 'Send 2 messages' }).click();
  await expect(dialog.getByRole('status').filter({ hasText: 'Done' })).toContainText('2 messages sent');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect.poll(() => countOf(target)).toBe(2);

  await visit(page, `${topicAddress(target, 'messages')}?from=earliest&at=0-0`);
  const pane = page.getByRole('dialog', { name: 'Message at partition 0, offset 0' });
  await pane.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Make another of it' }).click();
  const form = page.getByRole('dialog', { name: `Produce to ${target}` });
  await expect(form.getByRole('textbox', { name: 'Value', exact: true })).toHaveValue(/^\{"order":/);
  await form.getByRole('textbox', { name: 'Value', exact: true }).fill('{"order":"mended"}');
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(form.getByRole('status').filter({ hasText: 'Sent to partition 0, offset 2' })).toBeVisible();
});

test('makes a series of messages, shown before it is sent', async ({ page }) => {
  const target = await newTopic('series', 2);
  await visit(page, topicAddress(target, 'messages'));
  const dialog = await choose(page, 'Produce messages');
  await dialog.getByRole('radio', { name: 'A series' }).click();
  await dialog.getByRole('textbox', { name: 'Key', exact: true }).fill('k-{{counter start=7}}');
  const value = dialog.getByRole('textbox', { name: 'Value', exact: true });
  await value.fill('{"id":"{{uuid}}","n":{{itn 1 9}}}');
  await expect(dialog.getByText(/^Line 1, column \d+: there is no "itn"/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: /^Send/ })).toBeDisabled();
  await value.fill('{"id":"{{uuid}}","n":{{int 1 9}}}');
  const shown = dialog.getByRole('region', { name: 'The first ones' });
  await expect(shown).toContainText('k-7');
  const [, id] = /"id":"([0-9a-f-]{36})"/.exec((await shown.innerText()).replaceAll(/\s/g, '')) ?? [];
  await dialog.getByLabel('Messages', { exact: true }).fill('25');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Send 25 messages' }).click();
  await expect(dialog.getByRole('status').filter({ hasText: 'Done' })).toContainText('25 messages sent');
  // What was shown is what was sent.
  const search = { search: id!, from: 'earliest' };
  const found = await askLines('readMessages', { params: { topic: target }, query: search });
  expect(found.filter(({ type }) => type === 'message')).toMatchObject([{ key: { data: 'k-7' } }]);
});

test('downloads messages and imports them elsewhere', async ({ page }) => {
  const target = await newTopic('imported', 2);
  await visit(page, topicAddress(letters, 'messages'));
  await expect(messageRows(page).first()).toBeVisible();
  const dialog = await choose(page, 'Download');
  await dialog.getByRole('radio', { name: 'CSV' }).click();
  await dialog.getByLabel('Columns').fill('partition,offset,value.order,headers.error');
  await expectAccessible(page);
  const csv = await downloaded(page, dialog);
  const [head, ...rows] = csv.trimEnd().split('\r\n');
  expect(head).toBe('partition,offset,value.order,headers.error');
  expect(rows).toHaveLength(42);
  expect(rows.filter((row) => row.endsWith(',card declined'))).toHaveLength(12);
  await dialog.getByRole('radio', { name: 'JSON lines' }).click();
  const file = await downloaded(page, dialog);
  expect(file.trimEnd().split('\n')).toHaveLength(42);

  await visit(page, topicAddress(target, 'messages'));
  const form = await choose(page, 'Import a file');
  const upload = (text: string) =>
    form.locator('input[type=file]').setInputFiles({
      name: 'letters.ndjson',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(text),
    });
  await upload(`${file}no message\n`);
  await expect(form.getByText('Line 43: This is not JSON')).toBeVisible();
  await expect(form.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await expectAccessible(page);
  await upload(file);
  await expect(form.getByText('42 lines looked at: 42 good, 0 not')).toBeVisible();
  await form.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(form.getByRole('status').filter({ hasText: 'Done' })).toContainText('42 messages sent');
  await expect.poll(() => countOf(target)).toBe(42);
});

async function downloaded(page: Page, dialog: Locator): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`^${letters}-.*\\.(csv|ndjson)$`));
  return await readFile(await download.path(), 'utf8');
}

test('deletes records up to a message, after its plan was seen and the name typed', async ({ page }) => {
  const target = await newTopic('deleted', 1);
  await fill(target, 10);
  await visit(page, `${topicAddress(target, 'messages')}?from=earliest&at=0-3`);
  const pane = page.getByRole('dialog', { name: 'Message at partition 0, offset 3' });
  await pane.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete up to here' }).click();
  const dialog = page.getByRole('alertdialog', { name: `Delete records of ${target}` });
  await expect(dialog.getByText('4 messages are lost for good')).toBeVisible();
  await expect(dialog.getByRole('table', { name: 'Records that go' })).toContainText('6');
  await expectAccessible(page);
  const submit = dialog.getByRole('button', { name: 'Delete records' });
  await expect(submit).toBeDisabled();
  await dialog.getByRole('textbox', { name: `To confirm, type ${target}` }).fill(target);
  await submit.click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => countOf(target)).toBe(6);
});
