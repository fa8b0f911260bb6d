import { expect, type Page, test } from '@playwright/test';
import { ask } from '../harness/api.ts';
import { topicAddress, visit } from './cluster-page.ts';
import { prepareTopic, produce, removeTopic } from './prepared-cluster.ts';

/** Message n of partition 0 is this old, in minutes: 5 at offset 0 down to 1 at offset 4. */
const ages = [5, 4, 3, 2, 1];
const wholeSecond = (time: number) => new Date(Math.floor(time / 1000) * 1000);
const writtenAt = ages.map((minutes) => wholeSecond(Date.now() - minutes * 60_000));

let topic = '';

test.beforeAll(async () => {
  topic = await prepareTopic('messages', { partitionCount: 2 });
  for (const [n, time] of writtenAt.entries()) {
    await ask('produceMessage', {
      params: { topic },
      body: {
        partition: 0,
        key: { encoding: 'utf8', data: `key-${n}` },
        value: { encoding: 'utf8', data: JSON.stringify({ n, who: 'Ada' }) },
        headers: [{ key: 'trace', value: { encoding: 'utf8', data: `t-${n}` } }],
        timestamp: time.toISOString(),
      },
    });
  }
  await produce(topic, { partition: 1, key: 'gone', value: null });
  await produce(topic, { partition: 1, key: 'words', value: 'only words' });
});
test.afterAll(async () => removeTopic(topic));

const table = (page: Page) => page.getByRole('table', { name: 'Messages' });
const rows = (page: Page) => table(page).locator('tbody').getByRole('row');
const open = (page: Page, query = '') => visit(page, `${topicAddress(topic, 'messages')}${query}`);
/** Ticks one partition alone; what was ticked before goes. */
const choosePartition = async (page: Page, name: string) => {
  await page.getByRole('combobox', { name: 'Partitions' }).click();
  await page.getByRole('button', { name: 'All partitions' }).click();
  await page.getByRole('option', { name, exact: true }).click();
  await page.keyboard.press('Escape');
};

test('reads from the newest, the oldest, an offset and a time, of all partitions or one', async ({
  page,
}) => {
  await open(page);
  await expect(rows(page)).toHaveCount(7);

  await choosePartition(page, 'Partition 0');
  await expect(rows(page)).toHaveCount(5);
  await expect(rows(page).first()).toContainText('key-4');
  await page.getByRole('radio', { name: 'Oldest' }).click();
  await expect(rows(page).first()).toContainText('key-0');

  await page.getByRole('radio', { name: 'Offset' }).click();
  const offset = page.getByRole('textbox', { name: 'Offset' });
  await offset.fill('three');
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await expect(page.getByText('A whole number')).toBeVisible();
  await offset.fill('3');
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText('key-3');

  await page.getByRole('radio', { name: 'Time' }).click();
  await page
    .getByLabel('Time', { exact: true })
    .and(page.locator('input'))
    .fill(writtenAt[2]!.toISOString().slice(0, 19));
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText('key-2');

  await page.getByRole('radio', { name: 'Newest' }).click();
  await choosePartition(page, 'Partition 1');
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText('only words');
  await expect(rows(page).last()).toContainText('tombstone');
});

test('shows one message as JSON, text and bytes, with its headers, and links to it', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, '?partition=0&from=earliest');
  await rows(page).nth(1).getByRole('cell').nth(4).click();
  const detail = page.getByRole('dialog', { name: 'Message at partition 0, offset 1' });
  const value = detail.getByRole('region', { name: 'Value', exact: true });
  const views = detail.getByRole('radiogroup', { name: 'View of Value' });
  await expect(value).toContainText('"who": "Ada"');
  await views.getByRole('radio', { name: 'Text' }).click();
  await expect(value).toHaveText('{"n":1,"who":"Ada"}');
  await views.getByRole('radio', { name: 'Hex' }).click();
  await expect(value).toContainText(/7b\s*22\s*6e/);
  await expect(detail.getByRole('heading', { name: 'Headers (1)' })).toBeVisible();
  await expect(detail.getByRole('definition').filter({ hasText: 't-1' })).toBeVisible();

  await page.keyboard.press('j');
  await expect(page.getByRole('dialog', { name: 'Message at partition 0, offset 2' })).toBeVisible();

  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain(`/topics/${topic}/messages`);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const elsewhere = await context.newPage();
  await elsewhere.goto(link);
  const same = elsewhere.getByRole('dialog', { name: 'Message at partition 0, offset 2' });
  await expect(same.getByRole('region', { name: 'Key', exact: true })).toContainText('key-2');
});

test('shows a tombstone as one', async ({ page }) => {
  await open(page, '?partition=1&from=offset:0&at=1-0');
  const detail = page.getByRole('dialog', { name: 'Message at partition 1, offset 0' });
  await expect(detail.getByText(/^tombstone – A value of null/)).toBeVisible();
  await expect(detail.getByText('No headers')).toBeVisible();
});

test('says that nothing lies at an offset past the end', async ({ page }) => {
  await open(page, '?partition=0&from=offset:900&at=0-900');
  await expect(page.getByText('No message lies at this offset')).toBeVisible();
});

test('follows live, and holds still while it is paused', async ({ page }) => {
  await open(page);
  await expect(rows(page).first()).toBeVisible();
  await page.getByRole('switch', { name: 'Live' }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await produce(topic, { partition: 1, key: 'live-1', value: 'first of the live ones' });
  await expect(rows(page).filter({ hasText: 'first of the live ones' })).toBeVisible();

  await page.getByRole('button', { name: 'Pause' }).click();
  await produce(topic, { partition: 1, key: 'live-2', value: 'second of the live ones' });
  await expect(page.getByText('1 waiting')).toBeVisible();
  await expect(rows(page).filter({ hasText: 'second of the live ones' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(rows(page).filter({ hasText: 'second of the live ones' })).toBeVisible();
});

test('produces a message and leads to it', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Produce a message' }).click();
  const form = page.getByRole('dialog', { name: `Produce to ${topic}` });
  const key = form.getByRole('textbox', { name: 'Key' });
  if (await key.isDisabled()) await form.getByRole('checkbox', { name: 'No key' }).click();
  await key.fill('by-hand');
  const value = form.getByRole('textbox', { name: 'Value', exact: true });
  await value.fill('{"broken": ');
  await expect(form.getByText(/^Not JSON: line 1/)).toBeVisible();
  await value.fill('{"made":"by hand"}');
  await expect(form.getByText('Valid JSON')).toBeVisible();
  await form.getByRole('button', { name: 'Add a header' }).click();
  await form.getByRole('textbox', { name: 'Header name' }).fill('who');
  await form.getByRole('textbox', { name: 'Header value' }).fill('a person');
  await form.getByRole('button', { name: 'Send' }).click();
  const sent = form.getByRole('status').filter({ hasText: 'Sent to partition' });
  const [, partition, offset] = /partition (\d+), offset (\d+)/.exec(await sent.innerText()) ?? [];
  await sent.getByRole('link', { name: 'Open it' }).click();
  const detail = page.getByRole('dialog', { name: `Message at partition ${partition}, offset ${offset}` });
  await expect(detail.getByRole('region', { name: 'Value', exact: true })).toContainText('"made": "by hand"');
  await expect(detail.getByRole('definition').filter({ hasText: 'a person' })).toBeVisible();
});
