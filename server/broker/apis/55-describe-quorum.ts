import { ERROR } from '../../protocol/errors.ts';
import { describeQuorumApi } from '../../protocol/messages/describe-quorum.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { mayOnCluster, NOT_AUTHORIZED } from '../security/permissions.ts';

const METADATA_TOPIC = '__cluster_metadata';
const UNKNOWN = -1;

/**
 * DescribeQuorum 0–2 (KIP-595): who is the active controller and how far the others are. All brokers share one metadata
 * log here, so a running one is never behind. v1 when they fetched (KIP-836), v2 where the controllers are (KIP-853).
 */
export const describeQuorum = handler(describeQuorumApi, { min: 0, max: 2 }, (request, context) => {
  const { cluster, header } = context;
  if (!mayOnCluster(context, 'describe')) return NOT_AUTHORIZED.cluster;
  const nodes = [...cluster.image.brokers.values()].map(({ id, host, port }) => ({
    nodeId: id,
    listeners: [{ name: 'CONTROLLER', host, port }],
  }));
  return {
    errorCode: ERROR.NONE,
    topics: request.topics.map(({ topicName, partitions }) => ({
      topicName,
      partitions: partitions.map(({ partitionIndex }) =>
        topicName === METADATA_TOPIC && partitionIndex === 0
          ? quorum(context)
          : { partitionIndex, errorCode: ERROR.UNKNOWN_TOPIC_OR_PARTITION },
      ),
    })),
    ...(header.apiVersion >= 2 ? { nodes } : {}),
  };
});

function quorum({ cluster, now }: RequestContext) {
  const { controller, image } = cluster;
  const { metadataLogEndOffset } = controller;
  return {
    partitionIndex: 0,
    errorCode: ERROR.NONE,
    leaderId: controller.controllerId,
    leaderEpoch: controller.controllerEpoch,
    highWatermark: metadataLogEndOffset,
    currentVoters: [...image.brokers.values()].map(({ id, fenced }) => ({
      replicaId: id,
      logEndOffset: fenced ? UNKNOWN : metadataLogEndOffset,
      lastFetchTimestamp: fenced ? UNKNOWN : now(),
      lastCaughtUpTimestamp: fenced ? UNKNOWN : now(),
    })),
    observers: [],
  };
}
