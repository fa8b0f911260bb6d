import { Failure } from '../../lib/contract/failure.ts';
import { spoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import { ERROR } from '../protocol/errors.ts';
import { describeQuorumApi } from '../protocol/messages/describe-quorum.ts';

const METADATA_TOPIC = '__cluster_metadata';

/** The node that leads the KRaft quorum (KIP-595): the active controller. Null while none is elected. Throws a Failure. */
export async function readQuorumLeader(client: ClusterClient, timeoutMs: number): Promise<number | null> {
  const answer = await client.send(
    describeQuorumApi,
    { topics: [{ topicName: METADATA_TOPIC, partitions: [{ partitionIndex: 0 }] }] },
    { to: 'any', timeoutMs },
  );
  const partition = answer.topics[0]?.partitions[0];
  if (!partition)
    throw new Failure('internal', say('kafka.answeredWithoutPartition', { api: 'DescribeQuorum' }));
  if (partition.errorCode !== ERROR.NONE) {
    throw kafkaFailure(partition.errorCode, spoken('DescribeQuorum'), partition.errorMessage);
  }
  return partition.leaderId >= 0 ? partition.leaderId : null;
}
