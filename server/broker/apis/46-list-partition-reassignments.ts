import { ERROR } from '../../protocol/errors.ts';
import { listPartitionReassignmentsApi } from '../../protocol/messages/list-partition-reassignments.ts';
import { handler } from '../net/handler.ts';
import { clusterRefusal } from '../security/permissions.ts';
import { groupByTopic } from './group-by-topic.ts';

/** ListPartitionReassignments 0 (KIP-455): what is being moved now, of the partitions asked for or of all. */
export const listPartitionReassignments = handler(
  listPartitionReassignmentsApi,
  { min: 0, max: 0 },
  (request, context) => {
    const { cluster } = context;
    const forbidden = clusterRefusal(context, 'describe');
    if (forbidden !== null) return forbidden;
    const wanted =
      request.topics?.flatMap(({ name, partitionIndexes }) =>
        partitionIndexes.map((partition) => ({ topic: name, partition })),
      ) ?? null;
    return {
      errorCode: ERROR.NONE,
      errorMessage: null,
      topics: [...groupByTopic(cluster.controller.listReassignments(wanted))].map(([name, partitions]) => ({
        name,
        partitions: partitions.map(({ partition, replicas, addingReplicas, removingReplicas }) => ({
          partitionIndex: partition,
          replicas,
          addingReplicas,
          removingReplicas,
        })),
      })),
    };
  },
);
