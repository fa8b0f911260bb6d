import type { Cluster } from '../cluster.ts';

const WAIT_MS = 3000;
const PAUSE_MS = 100;

/**
 * Waits until the snapshot shows a new topic with a leader for each of its partitions, for a cluster takes a moment to tell
 * all its brokers: whoever is told "created" can then read and write it. Gives up silently after 3 s.
 */
export async function untilLed({ snapshots }: Cluster, name: string, partitionCount: number): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  while (Date.now() < deadline) {
    const topic = await snapshots.refreshed().then(
      (snapshot) => snapshot.topics.get(name),
      () => undefined,
    );
    const isThere = topic !== undefined && topic.partitions.length >= partitionCount;
    if (isThere && topic.partitions.every(({ leader }) => leader >= 0)) return;
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  }
}
