import type { GroupPage, GroupQuery, GroupRow } from '../../lib/contract/groups.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import type { Cluster } from '../cluster.ts';
import { answerBy, firstPartBy } from '../snapshot/cluster-reads.ts';
import type { ListedGroup } from '../snapshot/group-list.ts';
import { comparePositions, type Position, pageOf } from '../snapshot/page.ts';
import { detailProblems, readGroupDetails } from './group-details.ts';
import { groupRow } from './group-row.ts';

/**
 * Groups, filtered, sorted and paged. Members and lag are read for the page; sorting by them or by state reads them for
 * every group that matches.
 */
export async function readGroups(cluster: Cluster, query: GroupQuery): Promise<Unspoken<GroupPage>> {
  const snapshot = await cluster.snapshots.current();
  const until = answerBy();
  const { groups, problems: listProblems } = await cluster.reads.groups.read(firstPartBy());
  const matching = groups.filter(matcher(query));
  const answer = { asOf: snapshot.asOf };
  if (query.sort === 'groupId') {
    const page = pageOf(matching, query, ({ groupId }) => [groupId]);
    const details = await readGroupDetails(cluster, page.items, until);
    return {
      ...answer,
      problems: [...snapshot.problems, ...listProblems, ...detailProblems(page.items, details)],
      ...page,
      items: page.items.map((group) =>
        groupRow(group, details.descriptionOf(group), details.offsetsOf(group), details.lag),
      ),
    };
  }
  const details = await readGroupDetails(cluster, matching, until);
  const { sort } = query;
  const rows = matching
    .map((group) => groupRow(group, details.descriptionOf(group), details.offsetsOf(group), details.lag))
    .sort((a, b) => comparePositions(positionOf(sort, a), positionOf(sort, b)));
  return {
    ...answer,
    problems: [...snapshot.problems, ...listProblems, ...detailProblems(matching, details)],
    ...pageOf(rows, query, (row) => positionOf(sort, row)),
  };
}

function matcher({ search, state }: GroupQuery): (group: ListedGroup) => boolean {
  const wanted = search?.toLowerCase() ?? '';
  const wantedState = state?.toLowerCase();
  return (group) =>
    (wanted === '' || group.groupId.toLowerCase().includes(wanted)) &&
    (wantedState === undefined || wantedState === '' || group.state.toLowerCase() === wantedState);
}

/** What is not known stands before what is. */
function positionOf(sort: GroupQuery['sort'], row: GroupRow): Position {
  switch (sort) {
    case 'groupId':
      return [row.groupId];
    case 'state':
      return [row.state, row.groupId];
    case 'memberCount':
    case 'lag':
      return [row[sort] ?? -1, row.groupId];
  }
}
