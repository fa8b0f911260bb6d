import createFetchManager from 'kafkajs/src/consumer/fetchManager.js';
import Runner from 'kafkajs/src/consumer/runner.js';
import { expect, it } from 'vitest';
import './kafkajs-runner.ts';

const logger = { namespace: () => logger, debug() {}, info() {}, warn() {}, error() {} };

it('lets a consumer end that is stopped while its fetchers are made anew', async () => {
  const runner: { running: boolean; fetchManager: { start(): Promise<void>; stop(): Promise<void> } } = {
    running: true,
    fetchManager: createFetchManager({
      logger,
      getNodeIds: () => (runner.running ? ['1'] : ['1', '2']),
      fetch: (nodeId) => {
        if (fetches++ === 0) runner.running = false;
        if (fetches > 100) throw new Error('It goes on fetching');
        return Runner.prototype.fetch.call(runner as never, nodeId);
      },
      handler: async () => {},
      concurrency: 1,
    }),
  };
  let fetches = 0;
  await runner.fetchManager.start();
  expect(fetches).toBeLessThan(10);
});
