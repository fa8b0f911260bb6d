import { Failure } from '../../lib/contract/failure.ts';
import type { ElectionBody, Plan } from '../../lib/contract/plans.ts';
import { spoken, type Unspoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { electLeadersCommands } from '../../lib/kafka/command-line.ts';
import { isPreferredLeader } from '../../lib/kafka/health.ts';
import type { Cluster } from '../cluster.ts';
import { findTopic } from '../snapshot/find-topic.ts';
import { canPreferredLead, type LedElsewhere, notPreferred } from './not-preferred.ts';
import { type PlanWarning, planOf, summarised } from './plan-of.ts';

/** Which partitions an election of preferred leaders would move where. Throws `not_found`. */
export async function previewElection(
  cluster: Cluster,
  { partitions }: ElectionBody,
): Promise<Unspoken<Plan>> {
  const away = partitions
    ? await awayOf(cluster, partitions)
    : notPreferred(await cluster.snapshots.refreshed());
  const movable = away.filter(canPreferredLead);
  const stuck = away.filter((one) => !canPreferredLead(one));
  const named = movable.map(({ topic, partition }) => ({ topic, partition: partition.partition }));
  return planOf('elect-leaders', {
    changes: movable.map(({ topic, partition }) => ({
      subject: say('plan.leader', { partition: `${topic}-${partition.partition}` }),
      before: partition.leader >= 0 ? spoken(`${partition.leader}`) : null,
      after: spoken(`${partition.replicas[0]}`),
    })),
    warnings: summarised(stuck.map(cannotLead)),
    ...(named.length === 0 ? {} : electLeadersCommands(cluster, partitions ? named : 'all')),
  });
}

/** Those of the named partitions that are not led by their preferred leader. */
async function awayOf(
  cluster: Cluster,
  partitions: NonNullable<ElectionBody['partitions']>,
): Promise<LedElsewhere[]> {
  const away: LedElsewhere[] = [];
  for (const [topic, named] of Map.groupBy(partitions, (one) => one.topic)) {
    const found = await findTopic(cluster.snapshots, topic);
    for (const { partition: id } of named) {
      const partition = found.topic.partitions[id];
      if (!partition) throw new Failure('not_found', say('partition.unknown', { topic, partition: id }));
      if (!isPreferredLeader(partition)) away.push({ topic, partition });
    }
  }
  return away;
}

function cannotLead({ topic, partition: { partition, replicas } }: LedElsewhere): PlanWarning {
  return {
    code: 'preferred-leader-not-in-sync',
    subject: spoken(`${topic}-${partition}`),
    detail: say('warn.notInSync', { broker: replicas[0] ?? -1 }),
  };
}
