import type { Sentence } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { Cluster } from '../cluster.ts';
import type { GroupDescription } from '../snapshot/group-descriptions.ts';
import { type LagReader, readLag } from '../snapshot/group-lag.ts';
import type { ListedGroup } from '../snapshot/group-list.ts';
import type { CommittedOffset } from '../snapshot/group-offsets.ts';
import type { Known } from '../snapshot/on-demand.ts';
import { type MissingPart, problemOf, stillReading } from '../snapshot/read-problem.ts';

export interface GroupDetails {
  descriptionOf(group: ListedGroup): Known<GroupDescription>;
  offsetsOf(group: ListedGroup): Known<readonly CommittedOffset[]>;
  lag: LagReader;
}

/** Members, committed offsets and log ends of some groups. */
export async function readGroupDetails(
  { reads }: Cluster,
  groups: readonly ListedGroup[],
  until: number,
): Promise<GroupDetails> {
  const [descriptionOf, offsetsOf] = await Promise.all([
    reads.groupDescriptions.read(groups, until),
    reads.groupOffsets.read(groups, until),
  ]);
  const committed = groups.map((group) => {
    const offsets = offsetsOf(group);
    return offsets && 'value' in offsets ? offsets.value : [];
  });
  return { descriptionOf, offsetsOf, lag: await readLag(reads.offsets, committed, until) };
}

/** What is missing of some groups: one problem for each kind and reason. */
export function detailProblems(groups: readonly ListedGroup[], details: GroupDetails): MissingPart[] {
  const problems: MissingPart[] = [];
  const add = (kind: 'members' | 'offsets', known: readonly [ListedGroup, Known<unknown>][]): void => {
    const byReason = new Map<string, { groups: string[]; known: Known<unknown> }>();
    for (const [{ groupId, coordinator }, one] of known) {
      if (one && 'value' in one) continue;
      const reason = one === undefined ? `waiting for ${coordinator}` : `${one.failure.code} ${coordinator}`;
      const entry = byReason.get(reason) ?? { groups: [], known: one };
      entry.groups.push(groupId);
      byReason.set(reason, entry);
    }
    for (const { groups: ids, known: one } of byReason.values()) {
      const subject =
        ids.length === 1
          ? say(`part.${kind}OfGroup`, { group: ids[0]! })
          : say(`part.${kind}OfGroups`, { count: ids.length });
      problems.push(missing(subject, one));
    }
  };
  add(
    'members',
    groups.map((group) => [group, details.descriptionOf(group)]),
  );
  add(
    'offsets',
    groups.map((group) => [group, details.offsetsOf(group)]),
  );
  for (const { known, count } of details.lag.missing.values()) {
    problems.push(missing(say('part.logEnds', { count }), known));
  }
  return problems;
}

function missing(subject: Sentence, known: Known<unknown>): MissingPart {
  return known && 'failure' in known ? problemOf(subject, known.failure) : stillReading(subject);
}
