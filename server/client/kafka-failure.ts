import { Failure } from '../../lib/contract/failure.ts';
import type { ProblemCode } from '../../lib/contract/problem.ts';
import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { errorByCode } from '../protocol/errors.ts';

/** The failure for an error code in Kafka's answer. `subject` says what was refused, e.g. topic orders; Kafka's reason stays as it is. */
export function kafkaFailure(errorCode: number, subject: Sentence, message?: string | null): Failure {
  const error = errorByCode(errorCode);
  const reason = message || error.message;
  return new Failure(CODES[error.name] ?? 'refused_by_kafka', say('about', { subject, reason }), {
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

const NEEDS_ACL = say('kafka.needsAcl');
const ACTIONS: Record<string, Sentence> = {
  CLUSTER_AUTHORIZATION_FAILED: say('kafka.needsClusterAcl'),
  TOPIC_AUTHORIZATION_FAILED: NEEDS_ACL,
  GROUP_AUTHORIZATION_FAILED: NEEDS_ACL,
  TOPIC_ALREADY_EXISTS: say('kafka.topicExists.do'),
  NOT_ENOUGH_REPLICAS: say('kafka.notEnoughReplicas.do'),
  COORDINATOR_NOT_AVAILABLE: say('kafka.noCoordinator.do'),
};
