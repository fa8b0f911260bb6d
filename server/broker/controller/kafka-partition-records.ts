import { ZERO_UUID } from '../../protocol/default-value.ts';
import {
  type PartitionChangeRecord,
  partitionChangeRecord,
} from '../../protocol/messages/partition-change-record.ts';
import { type PartitionRecord, partitionRecord } from '../../protocol/messages/partition-record.ts';
import { framed } from './metadata-frame.ts';
import type { PartitionImage } from './metadata-image.ts';

/** With ELR (KIP-966) and directories (KIP-858). */
const VERSION = 2;
const NO_LEADER_CHANGE = -2;
/** Kafka's DirectoryId.UNASSIGNED: which of its folders a replica lies in is the broker's business here. */
const UNASSIGNED_DIRECTORY = ZERO_UUID;

/** A partition as Kafka writes it: whole when it is new, else what is different. */
export function partitionValue(
  topicId: string,
  before: PartitionImage | undefined,
  after: PartitionImage,
): Buffer {
  const change = before === undefined ? null : changeBetween(before, after);
  if (change !== null) {
    return framed(partitionChangeRecord, VERSION, { ...change, topicId, partitionId: after.partition });
  }
  const { partition, elr, lastKnownElr, ...rest } = after;
  return framed(partitionRecord, VERSION, {
    ...rest,
    topicId,
    partitionId: partition,
    directories: after.replicas.map(() => UNASSIGNED_DIRECTORY),
    eligibleLeaderReplicas: elr.length === 0 ? null : elr,
    lastKnownElr: lastKnownElr.length === 0 ? null : lastKnownElr,
  });
}

export function partitionOf(record: PartitionRecord): PartitionImage {
  const { partitionId, replicas, isr, addingReplicas, removingReplicas } = record;
  const { leader, leaderEpoch, partitionEpoch, eligibleLeaderReplicas, lastKnownElr } = record;
  return {
    partition: partitionId,
    replicas,
    isr,
    elr: eligibleLeaderReplicas ?? [],
    lastKnownElr: lastKnownElr ?? [],
    addingReplicas,
    removingReplicas,
    leader,
    leaderEpoch,
    partitionEpoch,
  };
}

/** A named leader begins an epoch, even when it is the same one; every change counts (Kafka's PartitionRegistration.merge). */
export function partitionAfter(before: PartitionImage, change: PartitionChangeRecord): PartitionImage {
  const named = change.leader !== NO_LEADER_CHANGE;
  return {
    partition: before.partition,
    replicas: change.replicas ?? before.replicas,
    isr: change.isr ?? before.isr,
    elr: change.eligibleLeaderReplicas ?? before.elr,
    lastKnownElr: change.lastKnownElr ?? before.lastKnownElr,
    addingReplicas: change.addingReplicas ?? before.addingReplicas,
    removingReplicas: change.removingReplicas ?? before.removingReplicas,
    leader: named ? change.leader : before.leader,
    leaderEpoch: before.leaderEpoch + (named ? 1 : 0),
    partitionEpoch: before.partitionEpoch + 1,
  };
}

type Change = Omit<PartitionChangeRecord, 'topicId' | 'partitionId' | 'leaderRecoveryState' | 'directories'>;

/** Null when the step from one to the other is not one that a change can tell. */
function changeBetween(before: PartitionImage, after: PartitionImage): Change | null {
  const isNewEpoch = after.leaderEpoch === before.leaderEpoch + 1;
  const isOneStep =
    after.partitionEpoch === before.partitionEpoch + 1 &&
    (isNewEpoch || (after.leaderEpoch === before.leaderEpoch && after.leader === before.leader));
  if (!isOneStep) return null;
  const changed = (a: readonly number[], b: readonly number[]) => (sameIds(a, b) ? null : [...b]);
  return {
    isr: changed(before.isr, after.isr),
    replicas: changed(before.replicas, after.replicas),
    removingReplicas: changed(before.removingReplicas, after.removingReplicas),
    addingReplicas: changed(before.addingReplicas, after.addingReplicas),
    leader: isNewEpoch ? after.leader : NO_LEADER_CHANGE,
    eligibleLeaderReplicas: changed(before.elr, after.elr),
    lastKnownElr: changed(before.lastKnownElr, after.lastKnownElr),
  };
}

function sameIds(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
