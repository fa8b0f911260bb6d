import type { GroupRow } from '../../lib/contract/groups.ts';
import type { GroupDescription } from '../snapshot/group-descriptions.ts';
import type { LagReader } from '../snapshot/group-lag.ts';
import type { ListedGroup } from '../snapshot/group-list.ts';
import type { CommittedOffset } from '../snapshot/group-offsets.ts';
import type { Known } from '../snapshot/on-demand.ts';

/** A group as lists show it; what is not known is null. */
export function groupRow(
  group: ListedGroup,
  description: Known<GroupDescription>,
  offsets: Known<readonly CommittedOffset[]>,
  lag: LagReader,
): GroupRow {
  const described = description && 'value' in description ? description.value : null;
  const committed = offsets && 'value' in offsets ? offsets.value : null;
  return {
    groupId: group.groupId,
    type: group.type,
    protocolType: group.protocolType,
    state: described?.state || group.state || 'Unknown',
    memberCount: described?.members.length ?? null,
    topicCount: committed ? new Set(committed.map(({ topic }) => topic)).size : null,
    lag: committed ? lag.totalOf(committed) : null,
    coordinator: group.coordinator,
  };
}
