/** What the APIs between a broker and the share coordinator have in common (KIP-932): each partition has its own outcome. */
import { ERROR } from '../../protocol/errors.ts';
import { GroupRefusal } from '../groups/group-refusal.ts';
import type { ShareStateShard } from '../groups/share/state/share-state-shard.ts';
import type { SharePartitionKey } from '../groups/share/state/share-state-topic.ts';
import type { RequestContext } from '../net/handler.ts';
import { mayOnCluster, NOT_AUTHORIZED } from '../security/permissions.ts';

interface StatesRequest<Wish> {
  readonly groupId: string;
  readonly topics: readonly { readonly topicId: string; readonly partitions: readonly Wish[] }[];
}

/** Asks the share coordinator that this broker is about every partition of a request. */
export async function onShareStates<Wish extends { readonly partition: number }, Answer extends object>(
  request: StatesRequest<Wish>,
  context: RequestContext,
  one: (shard: ShareStateShard, key: SharePartitionKey, wish: Wish) => Promise<Answer> | Answer,
) {
  const { groupId } = request;
  const results = request.topics.map(async ({ topicId, partitions }) => ({
    topicId,
    partitions: await Promise.all(
      partitions.map(async (wish) => {
        const { partition } = wish;
        const refused = (errorCode: number, errorMessage: string | null) => ({
          partition,
          errorCode,
          errorMessage,
        });
        if (!mayOnCluster(context, 'clusterAction')) {
          return refused(NOT_AUTHORIZED.cluster.errorCode, NOT_AUTHORIZED.cluster.errorMessage);
        }
        const key = { groupId, topicId, partition };
        const shard = context.coordinator.shareCoordinator.shardOf(key);
        if (typeof shard === 'number') return refused(shard, null);
        try {
          return { partition, errorCode: ERROR.NONE, errorMessage: null, ...(await one(shard, key, wish)) };
        } catch (error) {
          if (!(error instanceof GroupRefusal)) throw error;
          return refused(error.errorCode, error.message);
        }
      }),
    ),
  }));
  return { results: await Promise.all(results) };
}
