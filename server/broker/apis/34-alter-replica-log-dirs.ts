import { ERROR } from '../../protocol/errors.ts';
import { alterReplicaLogDirsApi } from '../../protocol/messages/alter-replica-log-dirs.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { mayOnCluster } from '../security/permissions.ts';
import { replicaHere } from './leader-of.ts';

/** `.`, a unique id of 32 characters, `-future`: what Kafka adds to the name of a folder that a replica moves to. */
const FUTURE_SUFFIX_LENGTH = 40;
const MAX_NAME_LENGTH = 255;

/**
 * AlterReplicaLogDirs 1–2 (KIP-113). A broker has one log dir, so a replica is where it should be, or the dir is not known
 * here; the errors come in the order in which Kafka finds them.
 */
export const alterReplicaLogDirs = handler(alterReplicaLogDirsApi, { min: 1, max: 2 }, (request, context) => {
  const results = new Map<string, { partitionIndex: number; errorCode: number }[]>();
  for (const { path, topics } of request.dirs) {
    for (const { name, partitions } of topics) {
      const answers = results.get(name) ?? [];
      results.set(name, answers);
      for (const partition of partitions) {
        answers.push({ partitionIndex: partition, errorCode: errorOf(context, path, name, partition) });
      }
    }
  }
  return { results: [...results].map(([topicName, partitions]) => ({ topicName, partitions })) };
});

function errorOf(context: RequestContext, path: string, topic: string, partition: number): number {
  const { broker } = context;
  if (!mayOnCluster(context, 'alter')) return ERROR.CLUSTER_AUTHORIZATION_FAILED;
  if (`${topic}-${partition}`.length + FUTURE_SUFFIX_LENGTH > MAX_NAME_LENGTH) {
    return ERROR.INVALID_TOPIC_EXCEPTION;
  }
  if (path !== broker.logDir) return ERROR.LOG_DIR_NOT_FOUND;
  if (broker.logDirHealth.isFailing) return ERROR.KAFKA_STORAGE_ERROR;
  const replica = replicaHere(context, topic, partition);
  if (replica === ERROR.NOT_LEADER_OR_FOLLOWER) return ERROR.REPLICA_NOT_AVAILABLE;
  return typeof replica === 'number' ? replica : ERROR.NONE;
}
