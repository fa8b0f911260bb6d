import { ERROR } from '../../../protocol/errors.ts';
import type { TopicPartitions } from '../assignors/assignor.ts';
import { GroupRefusal } from '../group-refusal.ts';
import { type ListedPartitions, NO_EPOCHS, type PartitionEpochs } from '../topic-partitions.ts';
import { type ConsumerMember, MEMBER_STATE } from './consumer-member.ts';

export interface Reconciliation {
  readonly targetEpoch: number;
  readonly target: TopicPartitions;
  /** Ids of the topics that the member subscribes to now. */
  readonly topicIds: ReadonlySet<string>;
  readonly subscriptionChanged: boolean;
  /** What the member says it holds; null when it does not say. */
  readonly owned: readonly ListedPartitions[] | null;
  /** The epoch at which somebody holds a partition, -1 when nobody does. */
  partitionEpoch(topicId: string, partition: number): number;
}

/**
 * The next step of a member from what it has to what it is to have (KIP-848): first it gives up what it may not keep, then
 * it enters the target's epoch with what is free by then, and gets the rest as others let go of it.
 */
export function reconcile(member: ConsumerMember, to: Reconciliation): ConsumerMember {
  switch (member.state) {
    case MEMBER_STATE.stable:
      if (member.epoch !== to.targetEpoch) return nextAssignment(member, member.epoch, to);
      return to.subscriptionChanged ? dropUnsubscribed(member, to) : member;
    case MEMBER_STATE.unrevoked:
      if (ownsAnyOf(member.pendingRevocation, to.owned)) {
        return to.subscriptionChanged ? dropUnsubscribed(member, to) : member;
      }
      return nextAssignment(member, member.epoch, to);
    case MEMBER_STATE.unreleased:
      return nextAssignment(member, member.epoch, to);
    default:
      // A state of a newer Kafka that wrote the record.
      if (to.owned === null || to.owned.length > 0) {
        throw new GroupRefusal(
          ERROR.FENCED_MEMBER_EPOCH,
          'The consumer group member is in a unknown state. The member must abandon all its partitions and rejoin.',
        );
      }
      return nextAssignment(member, to.targetEpoch, to);
  }
}

function ownsAnyOf(partitions: PartitionEpochs, owned: readonly ListedPartitions[] | null): boolean {
  if (owned === null) return true;
  return owned.some(({ topicId, partitions: held }) => {
    const asked = partitions.get(topicId);
    return asked !== undefined && held.some((partition) => asked.has(partition));
  });
}

function moved(member: ConsumerMember, epoch: number, change: Partial<ConsumerMember>): ConsumerMember {
  return { ...member, ...change, epoch, previousEpoch: member.epoch };
}

/** The member no longer subscribes to some of its topics: it need not wait for a new target to give them up. */
function dropUnsubscribed(member: ConsumerMember, to: Reconciliation): ConsumerMember {
  const assigned = new Map(member.assigned);
  const pending = new Map(member.pendingRevocation);
  for (const [topicId, partitions] of member.assigned) {
    if (to.topicIds.has(topicId)) continue;
    assigned.delete(topicId);
    pending.set(topicId, new Map([...(pending.get(topicId) ?? []), ...partitions]));
  }
  if (assigned.size === member.assigned.size) return member;
  if (pending.size > 0 && ownsAnyOf(pending, to.owned)) {
    return moved(member, member.epoch, {
      state: MEMBER_STATE.unrevoked,
      assigned,
      pendingRevocation: pending,
    });
  }
  return moved(member, member.epoch, { assigned });
}

function nextAssignment(member: ConsumerMember, epoch: number, to: Reconciliation): ConsumerMember {
  const assigned = new Map<string, Map<number, number>>();
  const pending = new Map<string, Map<number, number>>();
  const added = new Map<string, Map<number, number>>();
  let isUnreleased = false;
  for (const topicId of new Set([...to.target.keys(), ...member.assigned.keys()])) {
    const target = to.topicIds.has(topicId) ? (to.target.get(topicId) ?? new Set()) : new Set<number>();
    const current = member.assigned.get(topicId) ?? new Map<number, number>();
    for (const [partition, since] of current)
      put(target.has(partition) ? assigned : pending, topicId, partition, since);
    for (const partition of target) {
      if (current.has(partition)) continue;
      const isOwn = member.pendingRevocation.get(topicId)?.has(partition) ?? false;
      if (to.partitionEpoch(topicId, partition) !== -1 && !isOwn) isUnreleased = true;
      else put(added, topicId, partition, to.targetEpoch);
    }
  }
  if (pending.size > 0 && ownsAnyOf(pending, to.owned)) {
    return moved(member, epoch, { state: MEMBER_STATE.unrevoked, assigned, pendingRevocation: pending });
  }
  for (const [topicId, partitions] of added) {
    for (const [partition, since] of partitions) put(assigned, topicId, partition, since);
  }
  const state = isUnreleased ? MEMBER_STATE.unreleased : MEMBER_STATE.stable;
  return moved(member, to.targetEpoch, { state, assigned, pendingRevocation: NO_EPOCHS });
}

function put(
  partitions: Map<string, Map<number, number>>,
  topicId: string,
  partition: number,
  epoch: number,
): void {
  const numbers = partitions.get(topicId);
  if (numbers === undefined) partitions.set(topicId, new Map([[partition, epoch]]));
  else numbers.set(partition, epoch);
}
