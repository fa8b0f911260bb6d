import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { TopicGroupList } from '../../lib/contract/topics.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { answerBy, firstPartBy } from '../snapshot/cluster-reads.ts';
import { findTopic } from '../snapshot/find-topic.ts';
import { readLag } from '../snapshot/group-lag.ts';
import type { ListedGroup } from '../snapshot/group-list.ts';
import type { CommittedOffset } from '../snapshot/group-offsets.ts';
import type { Known } from '../snapshot/on-demand.ts';
import { type MissingPart, problemOf, stillReading } from '../snapshot/read-problem.ts';

/** With more groups than this, members are read only of those that have committed offsets for the topic. */
const MOST_DESCRIBED = 1000;

/** Groups that consume a topic: with a committed offset for it, or with a member that is assigned it. Throws `not_found`. */
export async function readTopicGroups(cluster: Cluster, topic: string): Promise<Unspoken<TopicGroupList>> {
  const { snapshot } = await findTopic(cluster.snapshots, topic);
  const { reads } = cluster;
  const until = answerBy();
  const { groups, problems: listProblems } = await reads.groups.read(firstPartBy());
  const committedBy = await reads.groupOffsets.read(groups, until);
  const offsetsOf = (group: ListedGroup): readonly CommittedOffset[] => {
    const known = committedBy(group);
    return known && 'value' in known ? known.value.filter((offset) => offset.topic === topic) : [];
  };
  const candidates =
    groups.length <= MOST_DESCRIBED ? groups : groups.filter((group) => offsetsOf(group).length > 0);
  const descriptionOf = await reads.groupDescriptions.read(candidates, until);
  const isAssigned = (group: ListedGroup): boolean => {
    const known = descriptionOf(group);
    if (!known || !('value' in known)) return false;
    return known.value.members.some((member) =>
      member.assignment.some((assigned) => assigned.topic === topic),
    );
  };
  const consuming = candidates.filter((group) => offsetsOf(group).length > 0 || isAssigned(group));
  const lag = await readLag(reads.offsets, consuming.map(offsetsOf), until);
  return {
    asOf: snapshot.asOf,
    problems: [
      ...snapshot.problems,
      ...listProblems,
      ...missing('part.offsetsOfGroups', groups.map(committedBy)),
      ...missing('part.membersOfGroups', candidates.map(descriptionOf)),
      ...missing(
        'part.logEndsOfGroups',
        [...lag.missing.values()].map(({ known }) => known),
      ),
    ],
    items: consuming.map((group) => {
      const description = descriptionOf(group);
      const described = description && 'value' in description ? description.value : null;
      return {
        groupId: group.groupId,
        state: described?.state || group.state || 'Unknown',
        memberCount: described?.members.length ?? null,
        lag: lag.totalOf(offsetsOf(group)),
        partitionCount: offsetsOf(group).length,
      };
    }),
  };
}

type GroupsPart = 'part.offsetsOfGroups' | 'part.membersOfGroups' | 'part.logEndsOfGroups';

/** One problem for all groups of which something is missing. */
function missing(part: GroupsPart, known: readonly Known<unknown>[]): MissingPart[] {
  const lacking = known.filter((one) => one === undefined || 'failure' in one);
  if (lacking.length === 0) return [];
  const subject = say(part, { count: lacking.length });
  const failed = lacking.find((one) => one !== undefined && 'failure' in one);
  return [failed && 'failure' in failed ? problemOf(subject, failed.failure) : stillReading(subject)];
}
