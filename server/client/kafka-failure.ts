import { Failure } from '../../lib/contract/failure.ts';
import { errorByCode } from '../protocol/errors.ts';

/** The failure for an error code in Kafka's answer. `subject` says what was refused, e.g. `topic orders`. */
export function kafkaFailure(errorCode: number, subject: string, message?: string | null): Failure {
  const error = errorByCode(errorCode);
  const reason = message || error.message;
  const code = error.name === 'UNSUPPORTED_VERSION' ? 'unsupported_by_cluster' : 'refused_by_kafka';
  return new Failure(code, `${subject}: ${reason}`, {
    action: ACTIONS[error.name],
    kafkaError: { code: error.code, name: error.name },
  });
}

const NEEDS_ACL = "Give the console's principal the Describe permission (ACL) on it";
const ACTIONS: Record<string, string> = {
  CLUSTER_AUTHORIZATION_FAILED: "Give the console's principal the permission (ACL) on the cluster",
  TOPIC_AUTHORIZATION_FAILED: NEEDS_ACL,
  GROUP_AUTHORIZATION_FAILED: NEEDS_ACL,
  NOT_ENOUGH_REPLICAS: 'See which brokers are down, or lower min.insync.replicas',
  COORDINATOR_NOT_AVAILABLE: 'Wait a moment; if it stays so, see whether __consumer_offsets has leaders',
};
