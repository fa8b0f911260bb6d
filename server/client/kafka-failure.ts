import { Failure } from '../../lib/contract/failure.ts';
import type { ProblemCode } from '../../lib/contract/problem.ts';
import { errorByCode } from '../protocol/errors.ts';

/** The failure for an error code in Kafka's answer. `subject` says what was refused, e.g. `topic orders`. */
export function kafkaFailure(errorCode: number, subject: string, message?: string | null): Failure {
  const error = errorByCode(errorCode);
  const reason = message || error.message;
  return new Failure(CODES[error.name] ?? 'refused_by_kafka', `${subject}: ${reason}`, {
    action: ACTIONS[error.name],
    kafkaError: { code: error.code, name: error.name },
  });
}

/** What Kafka's error means to the one who asked; any other is `refused_by_kafka`. */
const CODES: Record<string, ProblemCode> = {
  UNSUPPORTED_VERSION: 'unsupported_by_cluster',
  TOPIC_ALREADY_EXISTS: 'conflict',
  UNKNOWN_TOPIC_OR_PARTITION: 'not_found',
  UNKNOWN_TOPIC_ID: 'not_found',
  GROUP_ID_NOT_FOUND: 'not_found',
  CLUSTER_AUTHORIZATION_FAILED: 'forbidden',
  TOPIC_AUTHORIZATION_FAILED: 'forbidden',
  GROUP_AUTHORIZATION_FAILED: 'forbidden',
};

const NEEDS_ACL = "Give the console's principal the permission (ACL) for it";
const ACTIONS: Record<string, string> = {
  CLUSTER_AUTHORIZATION_FAILED: "Give the console's principal the permission (ACL) on the cluster",
  TOPIC_AUTHORIZATION_FAILED: NEEDS_ACL,
  GROUP_AUTHORIZATION_FAILED: NEEDS_ACL,
  TOPIC_ALREADY_EXISTS: 'Choose another name, or change the topic that is there',
  NOT_ENOUGH_REPLICAS: 'See which brokers are down, or lower min.insync.replicas',
  COORDINATOR_NOT_AVAILABLE: 'Wait a moment; if it stays so, see whether __consumer_offsets has leaders',
};
