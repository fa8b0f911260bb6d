import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { ClusterClient } from '../client/cluster-client.ts';

/** A broker may be late to hear of a new topic, so one is not called deleted before this. */
export const BELIEVE_DELETED_MS = 700;

/** A topic as a reading sees it, in the console's own thread or in another: the same one from beginning to end. */
export interface ReadableTopic {
  readonly client: ClusterClient;
  readonly name: string;
  /** Null before Kafka 2.8. */
  readonly topicId: string | null;
  /** False once the cluster's newest state lacks the topic, or has another one of its name. */
  readonly exists: boolean;
  /** Who leads a partition as far as is known now; null: nobody. */
  leaderOf(partition: number): number | null;
  /** Looks at the cluster again, because a broker said that something has moved. Never throws. */
  lookAgain(): Promise<void>;
}

/** Why a partition cannot be read or written when it has no leader. */
export function withoutLeader({ name }: ReadableTopic, partition: number): Failure {
  return new Failure('unavailable', say('partition.noLeader', { name: `${name}-${partition}` }), {
    action: say('partition.noLeader.do'),
  });
}

/** What is said once the topic is gone. */
export function deletedTopic({ name }: ReadableTopic): Failure {
  return new Failure('not_found', say('topic.deleted', { topic: name }), { action: say('topic.deleted.do') });
}
