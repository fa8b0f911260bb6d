import { expect, type Page, test } from '@playwright/test';
import { fillTopic } from '../harness/fill-topic.ts';
import { uniqueName } from '../harness/names.ts';
import { underTest } from '../harness/under-test.ts';
import { expectAccessible } from './accessibility.ts';
import { numberIn, topicAddress, visit } from './cluster-page.ts';
import {
  buildCondition,
  expectField,
  expressionEditor,
  messageRows,
  openFilters,
  openMessage,
  partOf,
  searchButton,
} from './messages-page.ts';
import { removeTopic } from './prepared-cluster.ts';
import { complaintsOf } from './watched-page.ts';

const ORDERS = 1_000_000;
/** The one order that was paid with a voucher, and of which so many were bought. */
const ODD_ONE = 876_543;
const VOUCHER = 'SPRING-3141';

const topic = uniqueName('million');

function order(index: number): string {
  const isOdd = index === ODD_ONE;
  return JSON.stringify({
    orderId: index,
    customer: `customer-${index % 9973}`,
    status: index % 3 === 0 ? 'paid' : 'sent',
    total: (index % 50_000) / 100,
    ...(isOdd && { voucher: VOUCHER }),
    lines: [
      { sku: `tea-${index % 89}`, quantity: isOdd ? 2121 : 1 + (index % 5) },
      { sku: `cup-${index % 97}`, quantity: 2 },
      { sku: `pot-${index % 11}`, quantity: 1 },
    ],
    note: 'leave it by the door',
  });
}

/** Finds the odd one as well, by so much work for each order that somebody may want to stop it. */
const LONG_WAY = 'value.lines.exists(a, value.lines.exists(b, a.quantity + b.quantity == 4242))';

test.beforeAll(async () => {
  test.setTimeout(180_000);
  await fillTopic(underTest.bootstrapServers, {
    topic,
    partitions: 6,
    records: ORDERS,
    compression: 'none',
    batchRecords: 1000,
    value: order,
  });
});
test.afterAll(async () => removeTopic(topic));

const main = (page: Page) => page.getByRole('main');
const scanned = (page: Page) => main(page).getByText(/^[\d,]+ scanned$/);

async function expectTheOne(page: Page) {
  await expect(main(page).getByText('1 match', { exact: true })).toBeVisible();
  await expect(main(page).getByText(/^nothing left out/)).toBeVisible({ timeout: 90_000 });
  await expect(messageRows(page)).toHaveCount(1);
  // What is shown of its value is where the search found something in it.
  await expect(messageRows(page)).toContainText(`key-${ODD_ONE % 10_000}`);
}

test('finds one order among a million by a field; a link shows it to others', async ({ page, context }) => {
  const complaints = complaintsOf(page);
  await visit(page, topicAddress(topic));
  await page.getByRole('link', { name: 'Messages', exact: true }).click();
  await expect(messageRows(page).nth(1)).toContainText('"orderId"');
  await page.getByRole('radio', { name: 'Oldest' }).click();
  await openFilters(page);
  await buildCondition(page, { field: 'value.voucher', comparison: 'is', value: VOUCHER });
  await expect(expressionEditor(page)).toHaveText(`value.voucher == "${VOUCHER}"`);
  await expectAccessible(page);

  await searchButton(page).click();
  await expectTheOne(page);
  await expect(scanned(page)).toHaveText('1,000,000 scanned');

  const detail = await openMessage(page, messageRows(page).first());
  const value = partOf(detail, 'Value');
  await expectField(value, 'voucher', VOUCHER);
  await expectField(value, 'note', 'leave it by the door');
  const title = await detail.getByRole('heading', { level: 2 }).innerText();

  const elsewhere = await context.newPage();
  await elsewhere.goto(page.url());
  const same = elsewhere.getByRole('dialog', { name: title });
  await expectField(partOf(same, 'Value'), 'voucher', VOUCHER);
  await elsewhere.keyboard.press('Escape');
  await expect(same).toBeHidden();
  await expectTheOne(elsewhere);
  await expect(elsewhere.getByRole('list', { name: 'Filters that are on' })).toContainText('value.voucher');
  expect(complaints).toEqual([]);
});

test('a long search tells how far it is, stops at once, and goes on from there', async ({ page }) => {
  test.setTimeout(240_000);
  const query = new URLSearchParams({ from: 'earliest', filter: LONG_WAY });
  await visit(page, `${topicAddress(topic, 'messages')}?${query}`);
  const goOn = page.getByRole('button', { name: 'Go on from here' });
  const left = main(page).getByText(/^[\d,]+ not scanned$/);

  await test.step('it is stopped by its button', async () => {
    await expect(page.getByRole('progressbar', { name: 'Progress' })).toBeVisible();
    await expect(scanned(page)).toBeVisible();
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(main(page).getByText('Stopped', { exact: true })).toBeVisible();
    await expect(goOn).toBeVisible();
  });
  const before = await numberIn(scanned(page));
  expect(before).toBeLessThan(ORDERS);
  expect(await numberIn(left)).toBe(ORDERS - before);

  await test.step('it goes on, and is stopped by Escape', async () => {
    await goOn.click();
    await expect.poll(() => numberIn(scanned(page))).toBeGreaterThan(before);
    await page.keyboard.press('Escape');
    await expect(main(page).getByText('Stopped', { exact: true })).toBeVisible();
  });
  expect(await numberIn(left)).toBeLessThan(ORDERS - before);

  await test.step('it goes on to the end', async () => {
    await goOn.click();
    await expectTheOne(page);
    await expect(scanned(page)).toHaveText('1,000,000 scanned');
  });
});

test('text is searched for by the keyboard alone', async ({ page }) => {
  await visit(page, `${topicAddress(topic, 'messages')}?from=earliest`);
  await expect(messageRows(page).nth(1)).toContainText('"orderId"');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search', exact: true })).toBeFocused();
  await page.keyboard.type(VOUCHER.toLowerCase());
  await page.keyboard.press('Enter');
  await expectTheOne(page);
  await messageRows(page).first().focus();
  await page.keyboard.press('Enter');
  const detail = page.getByRole('dialog', { name: /^Message at partition/ });
  await expectField(partOf(detail, 'Value'), 'voucher', VOUCHER);
  await page.keyboard.press('Escape');
  await expect(detail).toBeHidden();
  await expect(messageRows(page).first()).toBeFocused();
});

test('an expression that is wrong is underlined there, and says why', async ({ page }) => {
  await visit(page, `${topicAddress(topic, 'messages')}?from=earliest`);
  await openFilters(page);
  const editor = expressionEditor(page);
  await editor.click();
  await page.keyboard.type('value.total > 499.9 && valeu.status == ');
  await page.keyboard.type('"paid"');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(editor).toHaveAttribute('aria-invalid', 'true');
  await expect(editor.locator('.cm-lintRange-error')).toHaveText('valeu');
  await expect(editor).toHaveAccessibleDescription(/valeu/);

  await editor.press('ControlOrMeta+a');
  await page.keyboard.type('value.total > 499.98');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(messageRows(page).first()).toContainText('"total":499.99');
  await expect(editor).toHaveAttribute('aria-invalid', 'false');
});
