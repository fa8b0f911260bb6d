import type { GroupTable } from '../any-group.ts';
import { NO_PARTITIONS } from '../assignors/assignor.ts';
import { Group } from '../group.ts';
import type { GroupRecord } from '../group-home.ts';
import { groupRecord } from '../group-records.ts';
import { Member } from '../member.ts';
import { startRebalance, watchMember } from '../rebalance.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerMember } from './consumer-member.ts';
import { writeAssignment } from './consumer-protocol.ts';
import { consumerGroupTombstones, memberTombstones } from './consumer-records.ts';

function allows(group: ConsumerGroup, classicCount: number): boolean {
  const { consumerMigrationPolicy: policy, maxSize } = group.home.settings;
  return (policy === 'downgrade' || policy === 'bidirectional') && classicCount <= maxSize;
}

/** Whether only members of the classic protocol are left once these have gone. */
export function mayDowngradeWithout(group: ConsumerGroup, leaving: readonly ConsumerMember[]): boolean {
  const staying = [...group.members.values()].filter((member) => !leaving.includes(member));
  return (
    staying.length > 0 && staying.every(({ classic }) => classic !== null) && allows(group, staying.length)
  );
}

/** Whether only members of the classic protocol are left once a classic one has taken the place of this one. */
export function mayDowngradeReplacing(group: ConsumerGroup, replaced: ConsumerMember): boolean {
  const others = [...group.members.values()].filter((member) => member !== replaced);
  return (
    replaced.classic === null &&
    others.every(({ classic }) => classic !== null) &&
    allows(group, group.members.size)
  );
}

interface Downgrade {
  readonly leaving?: readonly ConsumerMember[];
  /** A static member that comes back with the classic protocol, and whose place it takes. */
  readonly joining?: { readonly member: ConsumerMember; readonly replaced: ConsumerMember };
  /** Its members do not have yet what they are to have. */
  readonly rebalance: boolean;
  /** What has to be written before. */
  readonly records?: readonly GroupRecord[];
}

/** Makes a classic group of a consumer group whose members all speak the classic protocol. @returns the write's error code */
export function downgrade(
  shard: GroupTable,
  group: ConsumerGroup,
  { leaving = [], joining, rebalance, records = [] }: Downgrade,
): Promise<number> {
  const classic = new Group(group.id, shard, group.offsets);
  classic.protocolType = 'consumer';
  classic.generation = group.epoch;
  for (const member of group.members.values()) {
    if (!leaving.includes(member) && member !== joining?.replaced) classic.add(classicMember(member));
  }
  if (joining !== undefined) classic.add(classicMember(joining.member));
  classic.protocol = classic.selectProtocol();
  const assignments = new Map<string, Buffer>();
  for (const member of classic.members.values()) {
    const targetId = member.id === joining?.member.id ? joining.replaced.id : member.id;
    const target = group.targets.get(targetId) ?? NO_PARTITIONS;
    const subscription = member.metadataFor(classic.protocol ?? '');
    member.assignment = writeAssignment(target, subscription, shard.topics);
    assignments.set(member.id, member.assignment);
  }
  classic.enter('Stable');
  const tombstones = consumerGroupTombstones(group);
  if (joining !== undefined) tombstones.unshift(...memberTombstones(group.id, joining.member.id));
  return shard.write([...records, ...tombstones, groupRecord(classic, assignments)], () => {
    group.stopClocks();
    // The record keeps one assignor of each member; the group itself knows them all.
    shard.groups.set(group.id, classic);
    for (const member of classic.members.values()) watchMember(classic, member);
    if (rebalance) startRebalance(classic);
    else if (classic.members.size === 0) classic.enter('Empty');
  });
}

function classicMember(member: ConsumerMember): Member {
  return new Member({
    id: member.id,
    instanceId: member.instanceId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    sessionTimeoutMs: member.classic?.sessionTimeoutMs ?? 0,
    rebalanceTimeoutMs: member.rebalanceTimeoutMs,
    protocols: member.classic?.supportedProtocols ?? [],
  });
}
