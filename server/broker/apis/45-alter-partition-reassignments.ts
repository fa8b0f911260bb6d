import { ERROR } from '../../protocol/errors.ts';
import { alterPartitionReassignmentsApi } from '../../protocol/messages/alter-partition-reassignments.ts';
import { handler } from '../net/handler.ts';
import { clusterRefusal } from '../security/permissions.ts';
import { groupByTopic } from './group-by-topic.ts';

/** AlterPartitionReassignments 0–1 (KIP-455): new replicas, or null to cancel. v1 may forbid another replication factor. */
export const alterPartitionReassignments = handler(
  alterPartitionReassignmentsApi,
  { min: 0, max: 1 },
  (request, context) => {
    const { cluster } = context;
    const forbidden = clusterRefusal(context, 'alter');
    if (forbidden !== null) return forbidden;
    const { allowReplicationFactorChange } = request;
    const outcomes = cluster.controller.alterReassignments(
      request.topics.flatMap(({ name, partitions }) =>
        partitions.map(({ partitionIndex, replicas }) => ({
          topic: name,
          partition: partitionIndex,
          replicas,
        })),
      ),
      { allowReplicationFactorChange },
    );
    return {
      allowReplicationFactorChange,
      errorCode: ERROR.NONE,
      errorMessage: null,
      responses: [...groupByTopic(outcomes)].map(([name, partitions]) => ({
        name,
        partitions: partitions.map(({ partition, errorCode, errorMessage }) => ({
          partitionIndex: partition,
          errorCode,
          errorMessage,
        })),
      })),
    };
  },
);
