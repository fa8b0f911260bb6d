import type { ConfigRules } from './config-rules.ts';
import { ELR_VERSION } from './feature-names.ts';
import type { MetadataImage, PartitionImage, TopicImage } from './metadata-image.ts';
import type { StoredRecord } from './metadata-records.ts';
import type { Election, PartitionChange } from './partition-change.ts';
import { changePartition } from './partition-change.ts';
import type { Random } from './placement.ts';

/** What the parts of the controller work on. */
export interface ControllerState {
  readonly image: MetadataImage;
  readonly rules: ConfigRules;
  readonly random: Random | undefined;
  /** The broker that holds the active controller's role, -1 when none runs. */
  readonly controllerId: number;
  /** Makes a change durable, brings the image up to it and tells those who follow it. */
  commit(records: readonly StoredRecord[]): void;
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

/** `min.insync.replicas` of a topic while there are eligible leader replicas (KIP-966), else null. */
export function elrMinIsr({ image, rules }: ControllerState, topic: string): number | null {
  if ((image.features.get(ELR_VERSION) ?? 0) < 1) return null;
  const name = 'min.insync.replicas';
  return Number(
    image.topicConfigs(topic).get(name) ??
      image.brokerConfigs('').get(name) ??
      rules.inherited('topic', name) ??
      1,
  );
}

/** The ordinary election: keep a good leader, else any of the ISR, and one outside it only where the topic allows that. */
export function onlineElection(state: ControllerState, topic: string): Election {
  return {
    isAcceptable: (id) => canLead(state.image, id),
    prefer: 'online',
    unclean: allowsUnclean(state, topic),
    elrMinIsr: elrMinIsr(state, topic),
  };
}

/** The record of a change to a partition, if it changes anything. */
export function changeRecord(
  topic: string,
  partition: PartitionImage,
  change: PartitionChange,
  election: Election,
): StoredRecord[] {
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
