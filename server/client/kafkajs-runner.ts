/**
 * Mends a consumer of kafkajs 2.2.4 that is stopped at the moment when its partitions' leaders move. Its fetchers are then
 * made anew after the old ones were stopped, nobody stops the new ones, and each asks without a pause a runner that
 * answers "nothing" at once: a loop of microtasks in which the whole process stands still. Here such a fetcher is
 * stopped when it asks.
 */
import Runner from 'kafkajs/src/consumer/runner.js';

const { fetch } = Runner.prototype;

Runner.prototype.fetch = async function (this: Runner, nodeId) {
  if (this.running) return fetch.call(this, nodeId);
  // It ends when the fetcher has got this answer, so it cannot be waited for.
  void this.fetchManager.stop();
  return [];
};
