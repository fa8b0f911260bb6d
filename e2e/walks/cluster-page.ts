import { expect, type Locator, type Page } from '@playwright/test';
import { underTest } from '../harness/under-test.ts';

/** Address of a page of the cluster under test: `''` is its Overview. */
export const inCluster = (path = '') => `/clusters/${underTest.clusterId}${path}`;

/**
 * Opens a page and waits until it is alive: what stands on it before is drawn by the server, and a click on that would be
 * lost.
 */
export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  // Found without its role: behind a dialog the bar is hidden from assistive technology.
  await expect(page.locator('header [role="status"]').first()).toHaveText(/^(Live|Outdated)$/);
}

/** Opens a menu of the bar; its library may still be on its way. */
export async function openMenu(page: Page, name: string, item: string): Promise<Locator> {
  const choice = page.getByRole('menuitemradio', { name: item });
  await expect(async () => {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(choice).toBeVisible({ timeout: 1500 });
  }).toPass();
  return choice;
}

export const topicAddress = (topic: string, tab = '') =>
  inCluster(`/topics/${encodeURIComponent(topic)}${tab && `/${tab}`}`);

/** The number of a Stat, found by its name; its note and hint left aside. */
export function statOf(page: Page, label: string): Locator {
  return page
    .locator('dl > div')
    .filter({ has: page.locator('dt').getByText(label, { exact: true }) })
    .locator('dd > span')
    .first();
}

/** The first number in what an element shows; NaN while it shows none. */
export async function numberIn(locator: Locator): Promise<number> {
  const [found] = (await locator.innerText()).replaceAll(',', '').match(/\d+(\.\d+)?/) ?? [];
  return found === undefined ? Number.NaN : Number(found);
}

/** Waits until nothing on the page is a placeholder for something still to come. */
export async function untilLoaded(page: Page): Promise<void> {
  await expect(page.locator('h1').first()).toBeAttached();
  await expect(page.locator('main .animate-skeleton')).toHaveCount(0);
}

/** A row of a table by the exact text of one of its links. */
export function rowOf(page: Page, table: string, name: string): Locator {
  return page
    .getByRole('table', { name: table })
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) });
}
