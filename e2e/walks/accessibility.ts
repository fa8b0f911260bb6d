import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { underTest } from '../harness/under-test.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What of a page people could not see, hear or reach, by axe: the rule and the elements that break it. */
async function violationsOn(page: Page) {
  // A selector for each of thousands of elements that are well would take nearly as long as looking at them.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(WCAG);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) }));
}

/**
 * Expects that axe finds nothing. Once is enough of what takes its time: over either kind of cluster the pages are made of the
 * same.
 */
export async function expectAccessible(page: Page): Promise<void> {
  if (underTest.kind === 'embedded') expect.soft(await violationsOn(page), 'axe').toEqual([]);
}
