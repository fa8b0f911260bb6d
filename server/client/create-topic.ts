import type { CreateTopicBody } from '../../lib/contract/topics.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { ERROR } from '../protocol/errors.ts';
import { type CreatableTopicResult, createTopicsApi } from '../protocol/messages/create-topics.ts';
import type { ClusterClient } from './cluster-client.ts';
import { kafkaFailure } from './kafka-failure.ts';

/** In CreateTopics: as the cluster has it by default, or as the assignment says (KIP-464). */
const UNSAID = -1;

export interface AcceptedTopic {
  topicId: string | null;
  partitionCount: number;
  replicationFactor: number;
  /** What its configs come to, the inherited ones too; empty before Kafka 2.4 or where they may not be described. */
  configs: ReadonlyMap<string, string | null>;
}

/** Creates a topic, or with `validateOnly` asks whether the cluster would. Throws `conflict` when it exists, `refused_by_kafka`. */
export async function createTopic(client: ClusterClient, body: CreateTopicBody): Promise<AcceptedTopic> {
  const { name, assignment, configs, validateOnly } = body;
  const answer = await client.send(
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
  const created: CreatableTopicResult | undefined = answer.topics[0];
  if (created && created.errorCode !== ERROR.NONE)
    throw kafkaFailure(created.errorCode, say('kafka.topic', { topic: name }), created.errorMessage);
  // Before version 5 (Kafka 2.4) the answer does not say what the defaults came to.
  const counted = (said: number | undefined, asked: number | undefined) =>
    said !== undefined && said > 0 ? said : (asked ?? 0);
  return {
    topicId: created && !/^A+$/.test(created.topicId) ? created.topicId : null,
    partitionCount: counted(created?.numPartitions, body.partitionCount ?? assignment?.length),
    replicationFactor: counted(created?.replicationFactor, body.replicationFactor ?? assignment?.[0]?.length),
    configs: new Map((created?.configs ?? []).map((config) => [config.name, config.value])),
  };
}
