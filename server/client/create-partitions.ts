import type { AddPartitionsBody } from '../../lib/contract/topics.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { ERROR } from '../protocol/errors.ts';
import { createPartitionsApi } from '../protocol/messages/create-partitions.ts';
import type { ClusterClient } from './cluster-client.ts';
import { kafkaFailure } from './kafka-failure.ts';

/** How long the controller may take; with 0 it would answer before it has done it. */
const TIMEOUT_MS = 30_000;

/**
 * Grows a topic to `count` partitions in all, or with `validateOnly` asks whether the cluster would. Throws `not_found`,
 * `refused_by_kafka` (no more than there are).
 */
export async function createPartitions(
  client: ClusterClient,
  topic: string,
  { count, assignment, validateOnly }: AddPartitionsBody,
): Promise<void> {
  const assignments = assignment?.map((brokerIds) => ({ brokerIds })) ?? null;
  const { results } = await client.send(
    createPartitionsApi,
    { topics: [{ name: topic, count, assignments }], validateOnly, timeoutMs: TIMEOUT_MS },
    { to: 'controller' },
  );
  for (const { errorCode, errorMessage } of results) {
    if (errorCode !== ERROR.NONE) throw kafkaFailure(errorCode, say('kafka.topic', { topic }), errorMessage);
  }
}
