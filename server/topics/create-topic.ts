import type { CreateTopicBody, TopicRow } from '../../lib/contract/topics.ts';
import { createTopic as sendCreateTopic } from '../client/create-topic.ts';
import type { Cluster } from '../cluster.ts';
import { untilLed } from './until-led.ts';

type CreatedTopic = Pick<TopicRow, 'name' | 'topicId' | 'partitionCount' | 'replicationFactor'>;

/** Creates a topic, or only asks whether the cluster would. Throws `conflict` when it exists, `refused_by_kafka`. */
export async function createTopic(cluster: Cluster, body: CreateTopicBody): Promise<CreatedTopic> {
  const { topicId, partitionCount, replicationFactor } = await sendCreateTopic(cluster.client, body);
  if (!body.validateOnly) {
    cluster.reads.forgetTopic(body.name);
    await untilLed(cluster, body.name, partitionCount);
    cluster.snapshots.refreshSoon();
  }
  return { name: body.name, topicId, partitionCount, replicationFactor };
}
