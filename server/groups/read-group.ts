import { Failure } from '../../lib/contract/failure.ts';
import type { GroupDetail, GroupMember, GroupOffset } from '../../lib/contract/groups.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { answerBy, firstPartBy } from '../snapshot/cluster-reads.ts';
import type { LagReader } from '../snapshot/group-lag.ts';
import type { ListedGroup } from '../snapshot/group-list.ts';
import type { CommittedOffset } from '../snapshot/group-offsets.ts';
import { detailProblems, readGroupDetails } from './group-details.ts';
import { groupRow } from './group-row.ts';

/** One group with its members and lag by partition. Throws `not_found`. */
export async function readGroup(cluster: Cluster, groupId: string): Promise<Unspoken<GroupDetail>> {
  const snapshot = await cluster.snapshots.current();
  const until = answerBy();
  const group = await findGroup(cluster, groupId, firstPartBy());
  const details = await readGroupDetails(cluster, [group], until);
  const description = details.descriptionOf(group);
  const offsets = details.offsetsOf(group);
  const described = description && 'value' in description ? description.value : null;
  const members = described?.members ?? [];
  const committed = offsets && 'value' in offsets ? offsets.value : [];
  return {
    asOf: snapshot.asOf,
    problems: [...snapshot.problems, ...detailProblems([group], details)],
    ...groupRow(group, description, offsets, details.lag),
    assignor: described?.assignor ?? null,
    members: [...members],
    offsets: await offsetRows(cluster, committed, members, details.lag, until),
  };
}

async function findGroup({ reads }: Cluster, groupId: string, until: number): Promise<ListedGroup> {
  const { group, problems } = await reads.groups.find(groupId, until);
  if (group) return group;
  const [missing] = problems;
  if (missing) {
    const detail = say('group.notAmong', { group: groupId, missing: missing.subject });
    throw new Failure(missing.code, detail, { action: missing.action });
  }
  throw new Failure('not_found', say('group.unknown', { group: groupId }), {
    action: say('group.unknown.do'),
  });
}

/** One row a partition: those with a committed offset, and those that are assigned without one. */
async function offsetRows(
  { reads }: Cluster,
  committed: readonly CommittedOffset[],
  members: readonly GroupMember[],
  lag: LagReader,
  until: number,
): Promise<GroupOffset[]> {
  const owners = new Map<string, GroupMember>();
  const uncommitted = new Map<string, { topic: string; partition: number }>();
  for (const member of members) {
    for (const { topic, partitions } of member.assignment) {
      for (const partition of partitions) {
        owners.set(keyOf(topic, partition), member);
        uncommitted.set(keyOf(topic, partition), { topic, partition });
      }
    }
  }
  for (const { topic, partition } of committed) uncommitted.delete(keyOf(topic, partition));
  const ends = await reads.offsets.read([...uncommitted.values()], until);
  const rows = [
    ...committed.map(
      (offset): GroupOffset => ({
        topic: offset.topic,
        partition: offset.partition,
        committedOffset: offset.committedOffset,
        logStartOffset: lag.offsetsOf(offset)?.logStartOffset ?? null,
        logEndOffset: lag.offsetsOf(offset)?.logEndOffset ?? null,
        lag: lag.lagOf(offset),
        metadata: offset.metadata,
        ...ownedBy(owners.get(keyOf(offset.topic, offset.partition))),
      }),
    ),
    ...[...uncommitted].map(([key, { topic, partition }]): GroupOffset => {
      const known = ends(topic, partition);
      const end = known && 'value' in known ? known.value : null;
      return {
        topic,
        partition,
        committedOffset: null,
        logStartOffset: end?.logStartOffset ?? null,
        logEndOffset: end?.logEndOffset ?? null,
        lag: null,
        metadata: null,
        ...ownedBy(owners.get(key)),
      };
    }),
  ];
  return rows.sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
}

function ownedBy(member: GroupMember | undefined): Pick<GroupOffset, 'memberId' | 'clientId' | 'host'> {
  return {
    memberId: member?.memberId ?? null,
    clientId: member?.clientId ?? null,
    host: member?.host ?? null,
  };
}

function keyOf(topic: string, partition: number): string {
  return `${topic} ${partition}`;
}
