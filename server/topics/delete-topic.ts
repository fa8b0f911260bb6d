import { say } from '../../lib/i18n/sentences/sentence.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import type { Cluster } from '../cluster.ts';
import { ERROR } from '../protocol/errors.ts';
import { deleteTopicsApi } from '../protocol/messages/delete-topics.ts';

/** How long the controller may take; with 0 it would answer before it has done it. */
const TIMEOUT_MS = 30_000;

/** Deletes a topic with all its messages. Throws `not_found`, `forbidden`, `refused_by_kafka`. */
export async function deleteTopic(cluster: Cluster, name: string): Promise<{ ok: true }> {
  const { responses } = await cluster.client.send(
    deleteTopicsApi,
    // Version 6 can name topics by id as well (KIP-516).
    (version) => ({
      ...(version >= 6 ? { topics: [{ name }] } : { topicNames: [name] }),
      timeoutMs: TIMEOUT_MS,
    }),
    { to: 'controller' },
  );
  for (const { errorCode, errorMessage } of responses) {
    if (errorCode !== ERROR.NONE)
      throw kafkaFailure(errorCode, say('kafka.topic', { topic: name }), errorMessage);
  }
  cluster.reads.forgetTopic(name);
  cluster.snapshots.refreshSoon();
  return { ok: true };
}
