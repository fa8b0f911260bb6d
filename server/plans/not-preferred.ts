import { isPreferredLeader } from '../../lib/kafka/health.ts';
import type { ClusterSnapshot } from '../snapshot/cluster-snapshot.ts';
import type { SnapshotPartition } from '../snapshot/snapshot-topic.ts';

/** A partition that is not led by its preferred leader. */
export interface LedElsewhere {
  readonly topic: string;
  readonly partition: SnapshotPartition;
}

export function notPreferred({ topics }: ClusterSnapshot): LedElsewhere[] {
  const found: LedElsewhere[] = [];
  for (const topic of topics.values()) {
    for (const partition of topic.partitions) {
      if (!isPreferredLeader(partition)) found.push({ topic: topic.name, partition });
    }
  }
  return found;
}

/** Whether an election would make the preferred leader lead: only a replica in sync can. */
export function canPreferredLead({ partition: { replicas, isr } }: LedElsewhere): boolean {
  const [preferred] = replicas;
  return preferred !== undefined && isr.includes(preferred);
}
