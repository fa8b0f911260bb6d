import type { Page } from '@playwright/test';

/** Every complaint of the browser about the page: uncaught errors, refused scripts and styles, what was not found. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // Whether an answer of the API was refused is for the page to show; its status is looked at below.
    if (message.text().startsWith('Failed to load resource')) return;
    complaints.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const isPage = response.request().isNavigationRequest();
    if (response.status() >= 400 && !isPage) complaints.push(`${response.status()} ${pathname}`);
  });
  page.on('requestfailed', (request) => {
    // Next.js gives up prefetches and React Query polls that nobody waits for any more.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()}`);
  });
  return complaints;
}
