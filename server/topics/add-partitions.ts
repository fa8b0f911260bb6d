import type { AddPartitionsBody } from '../../lib/contract/topics.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import type { Cluster } from '../cluster.ts';
import { ERROR } from '../protocol/errors.ts';
import { createPartitionsApi } from '../protocol/messages/create-partitions.ts';

/** Grows a topic to `count` partitions in all. Throws `not_found`, `refused_by_kafka` (fewer than there are). */
export async function addPartitions(
  cluster: Cluster,
  name: string,
  { count, assignment, validateOnly }: AddPartitionsBody,
): Promise<{ ok: true }> {
  const assignments = assignment?.map((brokerIds) => ({ brokerIds })) ?? null;
  const { results } = await cluster.client.send(
    createPartitionsApi,
    { topics: [{ name, count, assignments }], validateOnly },
    { to: 'controller' },
  );
  for (const { errorCode, errorMessage } of results) {
    if (errorCode !== ERROR.NONE) throw kafkaFailure(errorCode, `Topic ${name}`, errorMessage);
  }
  if (!validateOnly) {
    cluster.reads.forgetTopic(name);
    cluster.snapshots.refreshSoon();
  }
  return { ok: true };
}
