import type { Cluster } from '../cluster.ts';
import type { SnapshotTopic } from '../snapshot/snapshot-topic.ts';
import { EARLIEST, LATEST, NONE, offsetsAt } from './offsets-at.ts';

/**
 * How many messages of a topic stand before the first one with at least this timestamp (milliseconds since the epoch): what
 * retention by time may delete. Null when one partition's leader did not answer.
 */
export async function messagesBefore(
  cluster: Cluster,
  topic: SnapshotTopic,
  timestamp: number,
): Promise<number | null> {
  try {
    const [starts, firsts, ends] = await Promise.all(
      [EARLIEST, BigInt(timestamp), LATEST].map((at) => offsetsAt(cluster, topic.name, topic.partitions, at)),
    );
    let count = 0;
    for (const { partition } of topic.partitions) {
      const start = starts?.get(partition);
      const first = firsts?.get(partition);
      const end = first === NONE ? ends?.get(partition) : first;
      if (typeof start !== 'bigint' || typeof end !== 'bigint') return null;
      count += Math.max(0, Number(end - start));
    }
    return count;
  } catch {
    return null;
  }
}
