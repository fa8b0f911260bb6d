import type { ItemResults, ReassignmentBody } from '../../lib/contract/plans.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import type { Cluster } from '../cluster.ts';
import { ERROR } from '../protocol/errors.ts';
import { alterPartitionReassignmentsApi } from '../protocol/messages/alter-partition-reassignments.ts';
import { itemResult } from './item-results.ts';

/** Starts reassignments, or cancels those whose replicas are null (KIP-455). One result for each target, in their order. */
export async function alterReassignments(
  cluster: Cluster,
  { targets }: ReassignmentBody,
): Promise<Unspoken<ItemResults>> {
  const topics = Map.groupBy(targets, ({ topic }) => topic);
  const answer = await cluster.client.send(
    alterPartitionReassignmentsApi,
    {
      topics: [...topics].map(([name, ofTopic]) => ({
        name,
        partitions: ofTopic.map(({ partition, replicas }) => ({ partitionIndex: partition, replicas })),
      })),
    },
    { to: 'controller' },
  );
  if (answer.errorCode !== ERROR.NONE)
    throw kafkaFailure(answer.errorCode, say('kafka.reassignment'), answer.errorMessage);
  const results = new Map(
    answer.responses.flatMap(({ name, partitions }) =>
      partitions.map((one) => [`${name} ${one.partitionIndex}`, one] as const),
    ),
  );
  for (const name of topics.keys()) cluster.reads.forgetTopic(name);
  cluster.snapshots.refreshSoon();
  return {
    items: targets.map(({ topic, partition }) =>
      itemResult(
        topic,
        partition,
        results.get(`${topic} ${partition}`) ?? {
          errorCode: ERROR.UNKNOWN_SERVER_ERROR,
          errorMessage: say('kafka.noResult'),
        },
      ),
    ),
  };
}
