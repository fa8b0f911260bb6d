import type { AssignorGroup, GroupAssignment, TopicPartitions } from './assignor.ts';

interface TopicShare {
  readonly partitions: number;
  subscribers: number;
  next: number;
  served: number;
}

/**
 * `range`: each topic's partitions in runs of neighbours, so that members who read topics alike get the same numbers of each
 * (co-partitioning). Members are taken in the order of their instance ids, then of their member ids; earlier ones get the
 * partitions that are left over.
 */
export function range({ members, partitionCount }: AssignorGroup): GroupAssignment {
  const memberIds = inOrder(members);
  const topics = new Map<string, TopicShare>();
  for (const memberId of memberIds) {
    for (const topicId of members.get(memberId)!.topicIds) {
      const topic = topics.get(topicId);
      if (topic !== undefined) topic.subscribers += 1;
      else topics.set(topicId, { partitions: partitionCount(topicId), subscribers: 1, next: 0, served: 0 });
    }
  }
  return new Map(
    memberIds.map((memberId) => [memberId, rangesOf(members.get(memberId)!.topicIds, topics)] as const),
  );
}

function rangesOf(topicIds: ReadonlySet<string>, topics: ReadonlyMap<string, TopicShare>): TopicPartitions {
  const ranges = new Map<string, Set<number>>();
  for (const topicId of topicIds) {
    const topic = topics.get(topicId)!;
    const { partitions, subscribers, next } = topic;
    const extra = topic.served < partitions % subscribers ? 1 : 0;
    const end = next + Math.floor(partitions / subscribers) + extra;
    topic.served += 1;
    topic.next = end;
    if (next < end)
      ranges.set(topicId, new Set(Array.from({ length: end - next }, (_, index) => next + index)));
  }
  return ranges;
}

function inOrder(members: AssignorGroup['members']): string[] {
  const key = (memberId: string): readonly [number, string] => {
    const { instanceId } = members.get(memberId)!;
    return instanceId === null ? [1, memberId] : [0, instanceId];
  };
  return [...members.keys()].sort((a, b) => {
    const [kindA, nameA] = key(a);
    const [kindB, nameB] = key(b);
    return kindA - kindB || (nameA < nameB ? -1 : 1);
  });
}
