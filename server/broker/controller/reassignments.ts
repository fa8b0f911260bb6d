import { ERROR } from '../../protocol/errors.ts';
import { allPartitions, type ControllerState, onlineElection } from './controller-state.ts';
import type { PartitionImage } from './metadata-image.ts';
import type { StoredRecord } from './metadata-records.ts';
import { DONE, type Outcome, refused } from './outcome.ts';
import {
  changePartition,
  isReassigning,
  type PartitionChange,
  reassignmentTo,
  reassignmentUndone,
} from './partition-change.ts';
import type { PartitionOutcome, Reassignment, ReassignPartition, TopicPartition } from './requests.ts';
import { problemWithReplicas } from './topic-changes.ts';

/** See Controller.alterReassignments. */
export function alterReassignments(
  state: ControllerState,
  items: readonly ReassignPartition[],
  allowReplicationFactorChange: boolean,
): PartitionOutcome[] {
  const records: StoredRecord[] = [];
  const outcomes = items.map((item) => {
    const { topic, partition } = item;
    const outcome = alterOne(state, item, allowReplicationFactorChange, records);
    return { topic, partition, ...outcome };
  });
  if (records.length > 0) state.commit(records);
  return outcomes;
}

/** See Controller.listReassignments. */
export function listReassignments(
  { image }: ControllerState,
  partitions: readonly TopicPartition[] | null,
): Reassignment[] {
  if (partitions === null) {
    return [...allPartitions(image)]
      .filter(({ partition }) => isReassigning(partition))
      .map(({ topic, partition }) => told(topic.name, partition));
  }
  return partitions.flatMap(({ topic, partition: number }) => {
    const partition = image.partition(topic, number);
    return partition !== undefined && isReassigning(partition) ? [told(topic, partition)] : [];
  });
}

function alterOne(
  state: ControllerState,
  { topic, partition: number, replicas }: ReassignPartition,
  allowReplicationFactorChange: boolean,
  records: StoredRecord[],
): Outcome {
  const named = state.image.topic(topic);
  if (named === undefined) {
    return refused(ERROR.UNKNOWN_TOPIC_OR_PARTITION, `Unable to find a topic named ${topic}.`);
  }
  const partition = named.partitions[number];
  if (partition === undefined) {
    return refused(ERROR.UNKNOWN_TOPIC_OR_PARTITION, `Unable to find partition ${topic}:${number}.`);
  }
  if (replicas === null) return cancel(state, topic, partition, records);
  const problem = problemWithReplicas(state, replicas);
  if (problem !== null) return problem;
  const change = reassignmentTo(partition, replicas);
  const present = reassignmentUndone(partition).replicas?.length ?? partition.replicas.length;
  if (!allowReplicationFactorChange && present !== replicas.length) {
    return refused(
      ERROR.INVALID_REPLICATION_FACTOR,
      `The replication factor is changed from ${present} to ${replicas.length}`,
    );
  }
  return apply(state, topic, partition, change, records);
}

function cancel(
  state: ControllerState,
  topic: string,
  partition: PartitionImage,
  records: StoredRecord[],
): Outcome {
  if (!isReassigning(partition)) {
    return refused(ERROR.NO_REASSIGNMENT_IN_PROGRESS, 'No partition reassignment is in progress.');
  }
  const undone = reassignmentUndone(partition);
  if (undone.isr?.length === 0) {
    return refused(
      ERROR.INVALID_REPLICA_ASSIGNMENT,
      `Unable to revert partition assignment for ${topic}:${partition.partition} because it would require an unclean leader election.`,
    );
  }
  return apply(state, topic, partition, undone, records);
}

function apply(
  state: ControllerState,
  topic: string,
  partition: PartitionImage,
  change: PartitionChange,
  records: StoredRecord[],
): Outcome {
  const after = changePartition(partition, change, onlineElection(state, topic));
  if (after !== null) records.push({ type: 'partition', topic, partition: after });
  return DONE;
}

function told(topic: string, partition: PartitionImage): Reassignment {
  const { replicas, addingReplicas, removingReplicas } = partition;
  return { topic, partition: partition.partition, replicas, addingReplicas, removingReplicas };
}
