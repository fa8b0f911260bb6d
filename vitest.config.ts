import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,components,lib,server,e2e/run}/**/*.test.{ts,tsx}'],
          testTimeout: 20_000,
          // More than cores but one, for many wait for timers.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['e2e/contract/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Tests stop and start brokers of one shared cluster, so they take turns.
          fileParallelism: false,
          sequence: { concurrent: false },
        },
      },
      {
        test: {
          name: 'clients',
          include: ['e2e/clients/**/*.test.ts'],
          testTimeout: 300_000,
          // Most of what clients do in these tests is to wait for their groups.
          maxConcurrency: 4,
        },
      },
      {
        test: {
          name: 'ecosystem',
          include: ['e2e/ecosystem/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'registry',
          include: ['e2e/registry/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'storage',
          include: ['e2e/storage/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'tools',
          include: ['e2e/tools/**/*.test.ts'],
          testTimeout: 150_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
