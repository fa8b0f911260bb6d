import { type AssignorGroup, addPartition, type GroupAssignment, isHomogeneous } from './assignor.ts';

interface Slot {
  readonly topicId: string;
  readonly partition: number;
  readonly sharers: Set<string>;
}

/**
 * `simple`, for share groups (KIP-932): as many members on each partition as it takes that everyone has work, evenly, and
 * members keep what they had as far as that goes.
 * @param partitionsOf the partitions of a topic that may be given out
 */
export function simple(
  { members }: Pick<AssignorGroup, 'members'>,
  partitionsOf: (topicId: string) => Iterable<number>,
): GroupAssignment {
  const slots = slotsOf(members, partitionsOf);
  if (slots.size === 0) return new Map();
  const sharing = Math.ceil(members.size / slots.size);
  const wanted = wantedCounts(members, sharing * slots.size);
  const result = new Map([...members.keys()].map((memberId) => [memberId, new Map<string, Set<number>>()]));
  const counts = new Map([...members.keys()].map((memberId) => [memberId, 0]));
  const give = (slot: Slot, memberId: string) => {
    slot.sharers.add(memberId);
    addPartition(result.get(memberId)!, slot.topicId, slot.partition);
    counts.set(memberId, counts.get(memberId)! + 1);
  };
  for (const [memberId, { assigned, topicIds }] of members) {
    for (const [topicId, partitions] of assigned) {
      for (const partition of topicIds.has(topicId) ? partitions : []) {
        const slot = slots.get(`${topicId}-${partition}`);
        const isWelcome = slot !== undefined && slot.sharers.size < sharing;
        if (isWelcome && counts.get(memberId)! < wanted.get(memberId)!) give(slot, memberId);
      }
    }
  }
  for (const slot of slots.values()) {
    const candidates = [...members]
      .filter(([, { topicIds }]) => topicIds.has(slot.topicId))
      .map(([id]) => id);
    while (slot.sharers.size < Math.min(sharing, candidates.length)) {
      const free = candidates.filter((memberId) => !slot.sharers.has(memberId));
      give(slot, neediest(free, counts, wanted));
    }
  }
  return result;
}

function slotsOf(
  members: AssignorGroup['members'],
  partitionsOf: (topicId: string) => Iterable<number>,
): Map<string, Slot> {
  const slots = new Map<string, Slot>();
  const topicIds = new Set([...members.values()].flatMap((member) => [...member.topicIds]));
  for (const topicId of topicIds) {
    for (const partition of partitionsOf(topicId)) {
      slots.set(`${topicId}-${partition}`, { topicId, partition, sharers: new Set() });
    }
  }
  return slots;
}

/** How many partitions each member should have: as even as whole numbers can be. Where subscriptions differ nobody is limited. */
function wantedCounts(members: AssignorGroup['members'], total: number): Map<string, number> {
  const even = total / members.size;
  const isEven = isHomogeneous(members.values());
  return new Map(
    [...members.keys()].map((memberId, index) => {
      const count = Math.ceil(even * (index + 1)) - Math.ceil(even * index);
      return [memberId, isEven ? count : Number.POSITIVE_INFINITY];
    }),
  );
}

function neediest(
  memberIds: readonly string[],
  counts: ReadonlyMap<string, number>,
  wanted: ReadonlyMap<string, number>,
): string {
  const room = (memberId: string) => {
    const left = wanted.get(memberId)! - counts.get(memberId)!;
    return Number.isFinite(left) ? left : -counts.get(memberId)!;
  };
  return memberIds.reduce((best, memberId) => (room(memberId) > room(best) ? memberId : best));
}
