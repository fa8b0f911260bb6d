import { ERROR } from '../../protocol/errors.ts';
import { findCoordinatorApi } from '../../protocol/messages/find-coordinator.ts';
import { offsetsTopic, partitionOfGroup } from '../groups/offsets-topic.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { may, NOT_AUTHORIZED } from '../security/permissions.ts';
import { addressOf } from './address-of.ts';

const GROUP = 0;
const NOWHERE = { nodeId: -1, host: '', port: -1 };

/**
 * FindCoordinator 0–6: which broker leads the partition of `__consumer_offsets` that keeps a group. v4 asks for many groups
 * at once (KIP-699). Coordinators of transactions and share groups are not served.
 */
export const findCoordinator = handler(findCoordinatorApi, { min: 0, max: 6 }, (request, context) => {
  const { apiVersion } = context.header;
  if (apiVersion < 4) return locate(request.key, request.keyType, context);
  return {
    coordinators: request.coordinatorKeys.map((key) => ({ key, ...locate(key, request.keyType, context) })),
  };
});

function locate(key: string, keyType: number, context: RequestContext) {
  if (keyType !== GROUP) {
    return {
      ...NOWHERE,
      errorCode: ERROR.INVALID_REQUEST,
      errorMessage: 'Only groups have a coordinator here.',
    };
  }
  const { cluster, broker } = context;
  if (!may(context, 'describe', 'group', key)) {
    return { ...NOWHERE, ...NOT_AUTHORIZED.group };
  }
  const topic = offsetsTopic(cluster, broker);
  const leaderId = topic?.partitions[partitionOfGroup(key, topic.partitions.length)]?.leader ?? -1;
  const leader = cluster.image.brokers.get(leaderId);
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
