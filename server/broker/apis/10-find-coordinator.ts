import { ERROR } from '../../protocol/errors.ts';
import { findCoordinatorApi } from '../../protocol/messages/find-coordinator.ts';
import type { TopicImage } from '../controller/metadata-image.ts';
import { coordinatorPartition } from '../coordinator-partition.ts';
import { offsetsTopic } from '../groups/offsets-topic.ts';
import { problemWithCoordinatorKey, shareStateTopic } from '../groups/share/state/share-state-topic.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may, mayOnCluster, NOT_AUTHORIZED } from '../security/permissions.ts';
import { transactionsTopic } from '../transactions/transactions-topic.ts';
import { addressOf } from './address-of.ts';

/** What a key names, as FindCoordinator numbers it. */
const KEY_TYPE = { group: 0, transaction: 1, share: 2 } as const;
const NOWHERE = { nodeId: -1, host: '', port: -1 };

/**
 * FindCoordinator 0–6: which broker leads the partition of `__consumer_offsets` that keeps a group, or that of
 * `__transaction_state` that keeps a transactional id. v4 asks for many at once (KIP-699), v6 for the coordinator of a
 * share group's partition, which `__share_group_state` keeps (KIP-932).
 */
export const findCoordinator = handler(findCoordinatorApi, { min: 0, max: 6 }, (request, context) => {
  const { apiVersion } = context.header;
  if (apiVersion < 4) return locate(request.key, request.keyType, context);
  return {
    coordinators: request.coordinatorKeys.map((key) => ({ key, ...locate(key, request.keyType, context) })),
  };
});

function locate(key: string, keyType: number, context: RequestContext) {
  if (keyType === KEY_TYPE.group) {
    if (!may(context, 'describe', 'group', key)) return { ...NOWHERE, ...NOT_AUTHORIZED.group };
    return leaderOf(key, offsetsTopic(context.cluster, context.broker), context);
  }
  if (keyType === KEY_TYPE.transaction) {
    if (!may(context, 'describe', 'transactionalId', key)) {
      return { ...NOWHERE, ...NOT_AUTHORIZED.transactionalId };
    }
    return leaderOf(key, transactionsTopic(context.cluster, context.broker), context);
  }
  if (keyType === KEY_TYPE.share) {
    if (!mayOnCluster(context, 'clusterAction')) return { ...NOWHERE, ...NOT_AUTHORIZED.cluster };
    const problem = problemWithCoordinatorKey(key);
    if (problem !== null) return { ...NOWHERE, errorCode: ERROR.INVALID_REQUEST, errorMessage: problem };
    return leaderOf(key, shareStateTopic(context.cluster, context.broker), context);
  }
  return {
    ...NOWHERE,
    errorCode: ERROR.INVALID_REQUEST,
    errorMessage: `Unknown coordinator type: ${keyType}`,
  };
}

function leaderOf(key: string, topic: TopicImage | null, context: RequestContext) {
  const { brokers } = context.cluster.image;
  const partition = topic?.partitions[coordinatorPartition(key, topic.partitions.length)];
  const leader = brokers.get(partition?.leader ?? -1);
  if (leader === undefined) {
    return {
      ...NOWHERE,
      errorCode: ERROR.COORDINATOR_NOT_AVAILABLE,
      errorMessage: 'The coordinator is not available.',
    };
  }
  return {
    nodeId: leader.id,
    ...addressOf(context, leader),
    errorCode: ERROR.NONE,
    errorMessage: null,
  };
}
