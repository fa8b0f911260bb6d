import type { CreateTopicBody, TopicRow } from '../../lib/contract/topics.ts';
import { kafkaFailure } from '../client/kafka-failure.ts';
import type { Cluster } from '../cluster.ts';
import { ERROR } from '../protocol/errors.ts';
import { createTopicsApi } from '../protocol/messages/create-topics.ts';

/** In CreateTopics: as the cluster has it by default, or as the assignment says (KIP-464). */
const UNSAID = -1;

type CreatedTopic = Pick<TopicRow, 'name' | 'topicId' | 'partitionCount' | 'replicationFactor'>;

/** Creates a topic, or only asks whether the cluster would. Throws `conflict` when it exists, `refused_by_kafka`. */
export async function createTopic(cluster: Cluster, body: CreateTopicBody): Promise<CreatedTopic> {
  const { name, assignment, configs, validateOnly } = body;
  const { topics } = await cluster.client.send(
    createTopicsApi,
    {
      validateOnly,
      topics: [
        {
          name,
          numPartitions: assignment ? UNSAID : (body.partitionCount ?? UNSAID),
          replicationFactor: assignment ? UNSAID : (body.replicationFactor ?? UNSAID),
          assignments: (assignment ?? []).map((brokerIds, partitionIndex) => ({ partitionIndex, brokerIds })),
          configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
        },
      ],
    },
    { to: 'controller' },
  );
  const created = topics[0];
  if (created && created.errorCode !== ERROR.NONE)
    throw kafkaFailure(created.errorCode, `Topic ${name}`, created.errorMessage);
  if (!validateOnly) {
    cluster.reads.forgetTopic(name);
    cluster.snapshots.refreshSoon();
  }
  // Before version 5 (Kafka 2.4) the answer does not say what the defaults came to.
  const counted = (said: number | undefined, asked: number | undefined) =>
    said !== undefined && said > 0 ? said : (asked ?? 0);
  return {
    name,
    topicId: created && !/^A+$/.test(created.topicId) ? created.topicId : null,
    partitionCount: counted(created?.numPartitions, body.partitionCount ?? assignment?.length),
    replicationFactor: counted(created?.replicationFactor, body.replicationFactor ?? assignment?.[0]?.length),
  };
}
