import { expect, test } from '@playwright/test';
import { inCluster, openMenu, rowOf, topicAddress, visit } from './cluster-page.ts';
import { prepareTopic, removeTopic } from './prepared-cluster.ts';

let topics: string[] = [];

test.beforeAll(async () => {
  topics = [await prepareTopic('keys-a'), await prepareTopic('keys-b')];
});
test.afterAll(async () => {
  for (const topic of topics) await removeTopic(topic);
});

test('⌘K goes to a topic by a part of its name', async ({ page }) => {
  await visit(page, inCluster());
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Go to' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('keys-b');
  await expect(palette.getByRole('option', { name: topics[1] })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(topicAddress(topics[1]!));
  await expect(palette).toBeHidden();
});

test('/ goes to the filter; arrows and Enter open a row', async ({ page }) => {
  await visit(page, inCluster('/topics'));
  await expect(page.getByRole('table', { name: 'Topics' }).getByRole('link').first()).toBeVisible();
  await page.keyboard.press('/');
  const filter = page.getByRole('searchbox', { name: 'Filter by name' });
  await expect(filter).toBeFocused();
  await page.keyboard.type('e2e.keys-');
  await expect(filter).toHaveValue('e2e.keys-');
  await expect(page.getByText(/^2 of [\d,]+ topics$/)).toBeVisible();
  const [first, second] = topics.map((topic) => rowOf(page, 'Topics', topic));
  await first!.focus();
  await page.keyboard.press('ArrowDown');
  await expect(second!).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(first!).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(topicAddress(topics[1]!));
});

test('the first Tab leads past the bar to the content', async ({ page }) => {
  await visit(page, inCluster());
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});

test('theme and language stay as chosen', async ({ page }) => {
  await visit(page, inCluster());
  const html = page.locator('html');
  await (await openMenu(page, 'Theme', 'Dark')).click();
  await expect(html).toHaveClass(/dark/);
  await (await openMenu(page, 'Language', '한국어')).click();
  await expect(page.getByRole('heading', { level: 1, name: '개요' })).toBeVisible();
  await page.reload();
  await expect(html).toHaveClass(/dark/);
  await expect(html).toHaveAttribute('lang', 'ko');
  await expect(page.getByRole('heading', { level: 1, name: '개요' })).toBeVisible();
});
