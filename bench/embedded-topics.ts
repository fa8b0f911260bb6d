import { startEmbeddedBroker } from '../e2e/harness/embedded-broker.ts';
import { residentMegabytes } from './measure.ts';
import { seedTopics } from './seed-topics.ts';

/** Topics of 3 partitions with 3 replicas each. */
export const MANY_TOPICS = 10_000;

/** Seconds that it takes an embedded cluster to make many topics, until all are in its metadata; and megabytes then. */
export async function manyTopics(): Promise<{ readonly seconds: number; readonly megabytes: number }> {
  const broker = await startEmbeddedBroker();
  try {
    const started = performance.now();
    await seedTopics(broker.bootstrapServers, MANY_TOPICS, 3);
    const seconds = (performance.now() - started) / 1000;
    return { seconds, megabytes: residentMegabytes(broker.child.process.pid!) };
  } finally {
    await broker.close();
  }
}
