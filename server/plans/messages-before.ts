import type { Cluster } from '../cluster.ts';
import { ERROR } from '../protocol/errors.ts';
import { listOffsetsApi } from '../protocol/messages/list-offsets.ts';
import type { SnapshotTopic } from '../snapshot/snapshot-topic.ts';

/** Stands for the log start (ListOffsets). */
const EARLIEST = -2n;
/** Stands for the high watermark. */
const LATEST = -1n;
/** The console reads as a client, not as a replica. */
const CONSUMER = -1;
/** Where no message is as young as that. */
const NONE = -1n;

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
      [EARLIEST, BigInt(timestamp), LATEST].map((at) => offsetsAt(cluster, topic, at)),
    );
    let count = 0;
    for (const { partition } of topic.partitions) {
      const start = starts?.get(partition);
      const first = firsts?.get(partition);
      const end = first === NONE ? ends?.get(partition) : first;
      if (start === undefined || end === undefined) return null;
      count += Math.max(0, Number(end - start));
    }
    return count;
  } catch {
    return null;
  }
}

async function offsetsAt(
  { client }: Cluster,
  { name, partitions }: SnapshotTopic,
  timestamp: bigint,
): Promise<Map<number, bigint>> {
  const offsets = new Map<number, bigint>();
  const byLeader = Map.groupBy(partitions, ({ leader }) => leader);
  await Promise.all(
    [...byLeader].map(async ([broker, led]) => {
      const answer = await client.send(
        listOffsetsApi,
        {
          replicaId: CONSUMER,
          isolationLevel: 0,
          topics: [
            {
              name,
              partitions: led.map(({ partition }) => ({
                partitionIndex: partition,
                currentLeaderEpoch: -1,
                timestamp,
              })),
            },
          ],
        },
        { to: { broker } },
      );
      for (const one of answer.topics.flatMap((each) => each.partitions))
        if (one.errorCode === ERROR.NONE) offsets.set(one.partitionIndex, one.offset);
    }),
  );
  return offsets;
}
