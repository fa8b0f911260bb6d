import type { PartitionImage } from './metadata-image.ts';

export interface Election {
  /** Whether a broker can lead now. */
  readonly isAcceptable: (brokerId: number) => boolean;
  /** online: keep a good leader, else any of the ISR; preferred: the preferred one if it is in sync. */
  readonly prefer: 'online' | 'preferred';
  /** When no in-sync replica is there, take one that is not: what it lacks is lost. */
  readonly unclean: boolean;
  /** `min.insync.replicas` of the topic while eligible leader replicas are kept (KIP-966), else null. */
  readonly elrMinIsr: number | null;
}

export interface PartitionChange {
  readonly replicas?: readonly number[];
  readonly isr?: readonly number[];
  readonly addingReplicas?: readonly number[];
  readonly removingReplicas?: readonly number[];
}

/**
 * The partition after a change and the election it calls for; null when nothing would be different. Without ELRs an ISR is
 * never left empty: the last member stays in it, and the partition is offline until that one is back. With them it may be
 * empty: who was in it is then eligible, as is everyone who left while the ISR was below `min.insync.replicas`.
 */
export function changePartition(
  before: PartitionImage,
  change: PartitionChange,
  election: Election,
): PartitionImage | null {
  const addingReplicas = change.addingReplicas ?? before.addingReplicas;
  const removingReplicas = change.removingReplicas ?? before.removingReplicas;
  const wanted = {
    replicas: change.replicas ?? before.replicas,
    isr:
      change.isr !== undefined && (change.isr.length > 0 || election.elrMinIsr !== null)
        ? change.isr
        : before.isr,
    addingReplicas,
    removingReplicas,
  };
  const settled = completeReassignment(wanted) ?? wanted;
  const candidates = eligibleAfter(before, settled, election.elrMinIsr);
  const { leader, unclean } = elect(before, settled, candidates, election);
  const isFromElr = candidates.includes(leader);
  const isr = unclean || isFromElr ? [leader] : settled.isr;
  const elr = unclean ? [] : candidates.filter((id) => id !== leader);
  const lastKnownElr = lastKnownLeader(before, leader, isr);
  const lostReplica = before.replicas.some((id) => !settled.replicas.includes(id));
  const isSame =
    leader === before.leader &&
    sameIds(settled.replicas, before.replicas) &&
    sameIds(isr, before.isr) &&
    sameIds(elr, before.elr) &&
    sameIds(lastKnownElr, before.lastKnownElr) &&
    sameIds(settled.addingReplicas, before.addingReplicas) &&
    sameIds(settled.removingReplicas, before.removingReplicas);
  if (isSame) return null;
  return {
    partition: before.partition,
    replicas: settled.replicas,
    isr,
    elr,
    lastKnownElr,
    addingReplicas: settled.addingReplicas,
    removingReplicas: settled.removingReplicas,
    leader,
    leaderEpoch: before.leaderEpoch + (leader !== before.leader || lostReplica ? 1 : 0),
    partitionEpoch: before.partitionEpoch + 1,
  };
}

/** What a reassignment to `target` makes of the partition: the target's replicas first, those to be removed behind them (KIP-455). */
export function reassignmentTo(before: PartitionImage, target: readonly number[]): PartitionChange {
  const settledNow = before.replicas.filter((id) => !before.addingReplicas.includes(id));
  const removingReplicas = before.replicas.filter((id) => !target.includes(id));
  return {
    replicas: [...target, ...removingReplicas],
    addingReplicas: target.filter((id) => !settledNow.includes(id)),
    removingReplicas,
  };
}

/** The partition as it was before the reassignment under way. */
export function reassignmentUndone(before: PartitionImage): PartitionChange {
  const replicas = before.replicas.filter((id) => !before.addingReplicas.includes(id));
  return {
    replicas,
    isr: before.isr.filter((id) => replicas.includes(id)),
    addingReplicas: [],
    removingReplicas: [],
  };
}

export function isReassigning(partition: PartitionImage): boolean {
  return partition.addingReplicas.length > 0 || partition.removingReplicas.length > 0;
}

interface Placement {
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
}

/** A reassignment is over as soon as all added replicas are in sync. */
function completeReassignment(placement: Placement): Placement | null {
  const { addingReplicas, removingReplicas } = placement;
  if (addingReplicas.length === 0 && removingReplicas.length === 0) return null;
  const stays = (id: number) => !removingReplicas.includes(id);
  const isr = placement.isr.filter(stays);
  if (isr.length === 0 || !addingReplicas.every((id) => isr.includes(id))) return null;
  return { replicas: placement.replicas.filter(stays), isr, addingReplicas: [], removingReplicas: [] };
}

/** Who may lead beside the ISR: those who left it since it is smaller than it has to be (KIP-966). */
function eligibleAfter(
  before: PartitionImage,
  { replicas, isr }: Placement,
  minIsr: number | null,
): readonly number[] {
  if (minIsr === null || isr.length >= Math.min(minIsr, replicas.length)) return [];
  const were = [...before.elr, ...before.isr.filter((id) => !before.elr.includes(id))];
  return were.filter((id) => !isr.includes(id) && replicas.includes(id));
}

function lastKnownLeader(before: PartitionImage, leader: number, isr: readonly number[]): readonly number[] {
  if (leader >= 0) return [];
  return isr.length === 0 && before.leader >= 0 ? [before.leader] : before.lastKnownElr;
}

function elect(
  before: PartitionImage,
  { replicas, isr }: Placement,
  elr: readonly number[],
  { isAcceptable, prefer, unclean }: Election,
): { readonly leader: number; readonly unclean: boolean } {
  const members = isr.length > 0 ? isr : elr;
  const canLead = (id: number) => replicas.includes(id) && members.includes(id) && isAcceptable(id);
  const preferred = replicas[0];
  if (prefer === 'preferred' && preferred !== undefined && canLead(preferred)) {
    return { leader: preferred, unclean: false };
  }
  if (canLead(before.leader)) return { leader: before.leader, unclean: false };
  const inSync = replicas.find(canLead);
  if (inSync !== undefined) return { leader: inSync, unclean: false };
  const [last] = before.lastKnownElr;
  if (members.length === 0 && last !== undefined && isAcceptable(last))
    return { leader: last, unclean: true };
  const any = unclean ? replicas.find(isAcceptable) : undefined;
  return any === undefined ? { leader: -1, unclean: false } : { leader: any, unclean: true };
}

function sameIds(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
