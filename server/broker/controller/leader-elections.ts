import { ERROR } from '../../protocol/errors.ts';
import type { ConfigResource } from './config-rules.ts';
import {
  allowsUnclean,
  allPartitions,
  type ControllerState,
  canLead,
  changeRecord,
  elrMinIsr,
  onlineElection,
} from './controller-state.ts';
import type { PartitionImage } from './metadata-image.ts';
import type { StoredRecord } from './metadata-records.ts';
import { DONE, type Outcome, refused } from './outcome.ts';
import { changePartition } from './partition-change.ts';
import type { PartitionOutcome, TopicPartition } from './requests.ts';

/** See Controller.electLeaders. */
export function electLeaders(
  state: ControllerState,
  type: 'preferred' | 'unclean',
  partitions: readonly TopicPartition[] | null,
): PartitionOutcome[] {
  const wanted =
    partitions ??
    [...allPartitions(state.image)].map(({ topic, partition }) => ({
      topic: topic.name,
      partition: partition.partition,
    }));
  const records: StoredRecord[] = [];
  const outcomes = wanted.map(({ topic, partition }) => ({
    topic,
    partition,
    ...electLeader(state, type, topic, partition, records),
  }));
  if (records.length > 0) state.commit(records);
  return partitions === null
    ? outcomes.filter((outcome) => outcome.errorCode !== ERROR.ELECTION_NOT_NEEDED)
    : outcomes;
}

function electLeader(
  state: ControllerState,
  type: 'preferred' | 'unclean',
  topic: string,
  number: number,
  records: StoredRecord[],
): Outcome {
  if (state.image.topic(topic) === undefined) {
    return refused(ERROR.UNKNOWN_TOPIC_OR_PARTITION, `No such topic as ${topic}`);
  }
  const partition = state.image.partition(topic, number);
  if (partition === undefined) {
    return refused(ERROR.UNKNOWN_TOPIC_OR_PARTITION, `No such partition as ${topic}-${number}`);
  }
  const needed = type === 'preferred' ? partition.leader !== partition.replicas[0] : partition.leader === -1;
  if (!needed) {
    return refused(ERROR.ELECTION_NOT_NEEDED, 'Leader election not needed for topic partition.');
  }
  const after = changePartition(
    partition,
    {},
    {
      isAcceptable: (id) => canLead(state.image, id),
      prefer: type === 'preferred' ? 'preferred' : 'online',
      unclean: type === 'unclean' || allowsUnclean(state, topic),
      elrMinIsr: elrMinIsr(state, topic),
    },
  );
  if (after === null) {
    return type === 'preferred'
      ? refused(ERROR.PREFERRED_LEADER_NOT_AVAILABLE, 'The preferred leader was not available.')
      : refused(ERROR.ELIGIBLE_LEADERS_NOT_AVAILABLE, 'Eligible topic partition leaders are not available.');
  }
  records.push({ type: 'partition', topic, partition: after });
  return DONE;
}

/**
 * The records that take a broker out of every ISR it can leave and move its leadership; the broker must already be fenced
 * or in controlled shutdown in `state`. Where it is the only in-sync replica the partition goes offline and waits for it.
 */
export function recordsWithout(state: ControllerState, brokerId: number): StoredRecord[] {
  const records: StoredRecord[] = [];
  for (const { topic, partition } of allPartitions(state.image)) {
    if (!partition.isr.includes(brokerId) && partition.leader !== brokerId) continue;
    const isr = partition.isr.filter((id) => id !== brokerId);
    records.push(...changeRecord(topic.name, partition, { isr }, onlineElection(state, topic.name)));
  }
  return records;
}

/** The records that give offline partitions a leader where one can lead now. */
export function recordsForOffline(state: ControllerState): StoredRecord[] {
  const records: StoredRecord[] = [];
  for (const { topic, partition } of allPartitions(state.image)) {
    if (partition.leader !== -1) continue;
    records.push(...changeRecord(topic.name, partition, {}, onlineElection(state, topic.name)));
  }
  return records;
}

/**
 * The records that begin a new epoch everywhere, with the same leaders: after a crash of the whole process nobody can tell
 * whether a leader still has all it had told its followers.
 */
export function recordsForNewEpochs(state: ControllerState): StoredRecord[] {
  const records: StoredRecord[] = [];
  for (const { topic, partition } of allPartitions(state.image)) {
    const next: PartitionImage = {
      ...partition,
      leaderEpoch: partition.leaderEpoch + 1,
      partitionEpoch: partition.partitionEpoch + 1,
    };
    records.push({ type: 'partition', topic: topic.name, partition: next });
  }
  return records;
}

/**
 * The records that forget eligible leader replicas when `min.insync.replicas` changes: who may lead was reckoned by the
 * old value (Kafka's ClearElrRecord). Where nobody is in sync they are kept: they are all that there is.
 */
export function recordsWithoutElr(
  { image }: ControllerState,
  resource: ConfigResource,
  name: string,
): StoredRecord[] {
  const records: StoredRecord[] = [];
  for (const { topic, partition } of allPartitions(image)) {
    const isMeant = resource === 'broker' || (resource === 'topic' && topic.name === name);
    if (!isMeant || partition.elr.length === 0 || partition.isr.length === 0) continue;
    const partitionEpoch = partition.partitionEpoch + 1;
    records.push({
      type: 'partition',
      topic: topic.name,
      partition: { ...partition, elr: [], partitionEpoch },
    });
  }
  return records;
}
