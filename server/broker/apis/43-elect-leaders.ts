import { ERROR } from '../../protocol/errors.ts';
import { electLeadersApi } from '../../protocol/messages/elect-leaders.ts';
import { handler } from '../net/handler.ts';
import { clusterRefusal } from '../security/permissions.ts';
import { groupByTopic } from './group-by-topic.ts';

const PREFERRED = 0;
const UNCLEAN = 1;

/** ElectLeaders 0–2. v1 unclean elections (KIP-460). Null partitions: all, and only those are told where something happened. */
export const electLeaders = handler(electLeadersApi, { min: 0, max: 2 }, (request, context) => {
  const { cluster } = context;
  const { electionType, topicPartitions } = request;
  if (electionType !== PREFERRED && electionType !== UNCLEAN) return { errorCode: ERROR.INVALID_REQUEST };
  const partitions =
    topicPartitions?.flatMap((item) =>
      item.partitions.map((partition) => ({ topic: item.topic, partition })),
    ) ?? null;
  const forbidden = clusterRefusal(context, 'alter');
  if (forbidden !== null) {
    return {
      ...(context.header.apiVersion >= 1 ? { errorCode: forbidden.errorCode } : {}),
      replicaElectionResults: (topicPartitions ?? []).map((item) => ({
        topic: item.topic,
        partitionResult: item.partitions.map((partitionId) => ({ partitionId, ...forbidden })),
      })),
    };
  }
  const outcomes = cluster.controller.electLeaders(
    electionType === PREFERRED ? 'preferred' : 'unclean',
    partitions,
  );
  return {
    errorCode: ERROR.NONE,
    replicaElectionResults: [...groupByTopic(outcomes)].map(([topic, results]) => ({
      topic,
      partitionResult: results.map(({ partition, errorCode, errorMessage }) => ({
        partitionId: partition,
        errorCode,
        errorMessage,
      })),
    })),
  };
});
