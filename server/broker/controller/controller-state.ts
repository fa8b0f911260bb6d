import type { ConfigRules } from './config-rules.ts';
import type { MetadataImage, PartitionImage, TopicImage } from './metadata-image.ts';
import type { MetadataRecord } from './metadata-records.ts';
import type { Election, PartitionChange } from './partition-change.ts';
import { changePartition } from './partition-change.ts';
import type { Random } from './placement.ts';

/** What the parts of the controller work on. */
export interface ControllerState {
  readonly image: MetadataImage;
  readonly rules: ConfigRules;
  readonly random: Random | undefined;
  /** Makes a change durable, brings the image up to it and tells those who follow it. */
  commit(records: readonly MetadataRecord[]): void;
}

/** Whether a broker can lead: registered, not fenced, not on its way out. */
export function canLead(image: MetadataImage, brokerId: number): boolean {
  const broker = image.brokers.get(brokerId);
  return broker !== undefined && !broker.fenced && !broker.inControlledShutdown;
}

/** `unclean.leader.election.enable` of a topic. */
export function allowsUnclean({ image, rules }: ControllerState, topic: string): boolean {
  const name = 'unclean.leader.election.enable';
  const value =
    image.topicConfigs(topic).get(name) ??
    image.brokerConfigs('').get(name) ??
    rules.inherited('topic', name) ??
    'false';
  return value === 'true';
}

/** The ordinary election: keep a good leader, else any of the ISR, and one outside it only where the topic allows that. */
export function onlineElection(state: ControllerState, topic: string): Election {
  return {
    isAcceptable: (id) => canLead(state.image, id),
    prefer: 'online',
    unclean: allowsUnclean(state, topic),
  };
}

/** The record of a change to a partition, if it changes anything. */
export function changeRecord(
  topic: string,
  partition: PartitionImage,
  change: PartitionChange,
  election: Election,
): MetadataRecord[] {
  const after = changePartition(partition, change, election);
  return after === null ? [] : [{ type: 'partition', topic, partition: after }];
}

/** Every partition of the cluster with its topic. */
export function* allPartitions(
  image: MetadataImage,
): Generator<{ readonly topic: TopicImage; readonly partition: PartitionImage }> {
  for (const topic of image.topics.values()) {
    for (const partition of topic.partitions) yield { topic, partition };
  }
}
