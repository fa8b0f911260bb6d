import { expect, type Locator, type Page } from '@playwright/test';

export const messageTable = (page: Page) => page.getByRole('table', { name: 'Messages' });
export const messageRows = (page: Page) => messageTable(page).locator('tbody').getByRole('row');

/** The form's own button: what is typed in the form is asked for. */
export const searchButton = (page: Page) =>
  page.getByRole('form', { name: 'Search messages' }).getByRole('button', { name: 'Search', exact: true });

export async function openFilters(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Filters/ }).click();
  await expect(expressionEditor(page)).toBeVisible();
}

export const expressionEditor = (page: Page) => page.getByRole('textbox', { name: 'Expression (CEL)' });

export interface TypedCondition {
  field: string;
  /** As the list of comparisons names it; what stands there is kept when it is left out. */
  comparison?: string;
  value: string;
}

/** Fills the first line of the builder. */
export async function buildCondition(page: Page, { field, comparison, value }: TypedCondition) {
  const builder = page.getByRole('region', { name: 'Conditions', exact: true });
  await typeInto(builder.getByRole('combobox', { name: 'Field', exact: true }), field);
  if (comparison !== undefined) {
    await builder.getByRole('combobox', { name: 'Comparison' }).click();
    await page.getByRole('option', { name: comparison, exact: true }).click();
  }
  await typeInto(builder.getByRole('combobox', { name: 'Value', exact: true }), value);
}

/** Leaves the box by Tab, which closes what it offers. */
async function typeInto(box: Locator, text: string) {
  await box.fill(text);
  await box.press('Tab');
}

/** Opens a message by its row; its detail, whichever message it is of. */
export async function openMessage(page: Page, row: Locator): Promise<Locator> {
  await row.getByRole('cell').last().click();
  const detail = page.getByRole('dialog', { name: /^Message at partition \d+, offset \d+$/ });
  await expect(detail).toBeVisible();
  return detail;
}

/** The key or the value in the detail of a message. */
export const partOf = (detail: Locator, part: 'Key' | 'Value') =>
  detail.getByRole('region', { name: part, exact: true });

/** Expects a field of a document that is shown, whichever way it is laid out. */
export async function expectField(part: Locator, name: string, value: string | number | RegExp) {
  const written = value instanceof RegExp ? value.source : escaped(JSON.stringify(value));
  await expect(part).toContainText(new RegExp(`"${escaped(name)}":\\s*${written}`));
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
