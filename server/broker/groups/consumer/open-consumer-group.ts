import { ERROR } from '../../../protocol/errors.ts';
import type { GroupTable } from '../any-group.ts';
import type { GroupRecord } from '../group-home.ts';
import { groupTombstone } from '../group-records.ts';
import { GroupRefusal } from '../group-refusal.ts';
import { ConsumerGroup } from './consumer-group.ts';
import { type Upgraded, upgrade } from './upgrade.ts';

/**
 * The consumer group of that id. When `create` is true it is made: anew, from a classic group without members, or from a
 * classic group of consumers as it stands, in which case the records for that are added to `records`.
 * @throws GroupRefusal GROUP_ID_NOT_FOUND
 */
export function openConsumerGroup(
  shard: GroupTable,
  groupId: string,
  create: boolean,
  records: GroupRecord[],
): Upgraded {
  const group = shard.groups.get(groupId);
  if (group?.type === 'consumer') return { group };
  if (group === undefined) {
    if (create) return { group: new ConsumerGroup(groupId, shard) };
    throw new GroupRefusal(ERROR.GROUP_ID_NOT_FOUND, `Consumer group ${groupId} not found.`);
  }
  if (!create || group.type !== 'classic') {
    throw new GroupRefusal(ERROR.GROUP_ID_NOT_FOUND, `Group ${groupId} is not a consumer group.`);
  }
  if (group.state === 'Empty' && group.members.size === 0) {
    records.push(groupTombstone(groupId));
    return { group: new ConsumerGroup(groupId, shard, group.offsets) };
  }
  return upgrade(shard, group, records);
}
