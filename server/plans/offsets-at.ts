import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import type { Cluster } from '../cluster.ts';
import { ERROR } from '../protocol/errors.ts';
import { listOffsetsApi } from '../protocol/messages/list-offsets.ts';
import type { SnapshotPartition } from '../snapshot/snapshot-topic.ts';

/** Stands for the log start (ListOffsets). */
export const EARLIEST = -2n;
/** Stands for the high watermark. */
export const LATEST = -1n;
/** The offset where no message is as young as that. */
export const NONE = -1n;
/** The console reads as a client, not as a replica. */
const CONSUMER = -1;

/**
 * The first offset of each partition with at least this timestamp (milliseconds since the epoch), or at an end of its log, as
 * its leader says. What cannot be read has its Failure.
 */
export async function offsetsAt(
  { client }: Cluster,
  topic: string,
  partitions: readonly SnapshotPartition[],
  timestamp: bigint,
): Promise<Map<number, bigint | Failure>> {
  const offsets = new Map<number, bigint | Failure>();
  const byLeader = Map.groupBy(partitions, ({ leader }) => leader);
  await Promise.all(
    [...byLeader].map(async ([broker, led]) => {
      if (broker < 0) {
        for (const { partition } of led) offsets.set(partition, withoutLeader(topic, partition));
        return;
      }
      const answer = await client.send(
        listOffsetsApi,
        {
          replicaId: CONSUMER,
          isolationLevel: 0,
          topics: [
            {
              name: topic,
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
      for (const { partitionIndex, errorCode, offset } of answer.topics.flatMap((each) => each.partitions)) {
        const subject = say('kafka.offsetsOfPartition', { name: `${topic}-${partitionIndex}` });
        offsets.set(partitionIndex, errorCode === ERROR.NONE ? offset : kafkaFailure(errorCode, subject));
      }
    }),
  );
  return offsets;
}

function withoutLeader(topic: string, partition: number): Failure {
  return new Failure('unavailable', say('partition.noLeader', { name: `${topic}-${partition}` }), {
    action: say('partition.noLeader.do'),
  });
}
