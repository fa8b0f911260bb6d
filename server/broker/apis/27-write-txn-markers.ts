import { ERROR } from '../../protocol/errors.ts';
import { writeTxnMarkersApi } from '../../protocol/messages/write-txn-markers.ts';
import { handler } from '../net/handler.ts';
import { mayOnCluster } from '../security/permissions.ts';
import { writeMarkers } from '../transactions/write-markers.ts';
import { groupByTopic } from './group-by-topic.ts';

/**
 * WriteTxnMarkers 1–2: what transaction coordinators send, and administrators who abort a transaction that hangs (KIP-664).
 * v2 tells the version of transactions that the producer's client speaks (KIP-1228).
 */
export const writeTxnMarkers = handler(writeTxnMarkersApi, { min: 1, max: 2 }, async (request, context) => {
  const { broker, coordinator: groups, transactions } = context;
  const isAllowed = mayOnCluster(context, 'alter') || mayOnCluster(context, 'clusterAction');
  const written = await Promise.all(
    request.markers.map(async (marker) => {
      const { producerId, producerEpoch, coordinatorEpoch, transactionResult, transactionVersion } = marker;
      const partitions = marker.topics.flatMap(({ name, partitionIndexes }) =>
        partitionIndexes.map((partition) => ({ topic: name, partition })),
      );
      const ended = {
        producerId: Number(producerId),
        producerEpoch,
        coordinatorEpoch,
        commits: transactionResult,
        transactionVersion,
        partitions,
      };
      const results = isAllowed
        ? await writeMarkers({ broker, groups }, ended, transactions.settings.requestTimeoutMs)
        : partitions.map((each) => ({ ...each, errorCode: ERROR.CLUSTER_AUTHORIZATION_FAILED }));
      return { producerId, results };
    }),
  );
  return {
    markers: written.map(({ producerId, results }) => ({
      producerId,
      topics: [...groupByTopic(results)].map(([name, partitions]) => ({
        name,
        partitions: partitions.map(({ partition, errorCode }) => ({ partitionIndex: partition, errorCode })),
      })),
    })),
  };
});
