import type { Cluster } from '../cluster.ts';

export interface TopicConsumer {
  readonly groupId: string;
  readonly state: string;
  /** Members of the group, assigned the topic or not; null when not known. */
  readonly memberCount: number | null;
}

/** Groups that have committed offsets for a topic or a member that is assigned it; those that could not be read are missing. */
export async function topicConsumers(
  { reads }: Cluster,
  topic: string,
  until: number,
): Promise<TopicConsumer[]> {
  const { groups } = await reads.groups.read(until);
  const [offsetsOf, descriptionOf] = await Promise.all([
    reads.groupOffsets.read(groups, until),
    reads.groupDescriptions.read(groups, until),
  ]);
  return groups.flatMap((group) => {
    const offsets = offsetsOf(group);
    const description = descriptionOf(group);
    const described = description && 'value' in description ? description.value : null;
    const hasCommitted = offsets && 'value' in offsets && offsets.value.some((one) => one.topic === topic);
    const isAssigned = described?.members.some(({ assignment }) =>
      assignment.some((assigned) => assigned.topic === topic),
    );
    if (!hasCommitted && !isAssigned) return [];
    const state = described?.state || group.state || 'Unknown';
    return [{ groupId: group.groupId, state, memberCount: described?.members.length ?? null }];
  });
}
