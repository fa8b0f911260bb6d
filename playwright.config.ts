import { defineConfig } from '@playwright/test';

/** Debian's Chromium: Playwright's own download is not needed. */
const executablePath = process.env.KAFDECK_CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'e2e/walks',
  outputDir: 'e2e/.results/playwright',
  reporter: [['list'], ['json']],
  // The walks stop and start brokers of one shared cluster, so they take turns.
  workers: 1,
  fullyParallel: false,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL: process.env.KAFDECK_TEST_URL,
    locale: 'en-US',
    timezoneId: 'UTC',
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    },
  },
});
