import { isPreferredLeader } from '../../lib/kafka/health.ts';
import type { ClusterSnapshot } from '../snapshot/cluster-snapshot.ts';
import type { SnapshotPartition } from '../snapshot/snapshot-topic.ts';

export interface MovableLeader {
  readonly topic: string;
  readonly partition: SnapshotPartition;
}

/** Partitions that are not led by their preferred leader, though it is in sync and could lead. */
export function notPreferred({ topics }: ClusterSnapshot): MovableLeader[] {
  const found: MovableLeader[] = [];
  for (const topic of topics.values()) {
    for (const partition of topic.partitions) {
      const [preferred] = partition.replicas;
      const canLead = preferred !== undefined && partition.isr.includes(preferred);
      if (canLead && !isPreferredLeader(partition)) found.push({ topic: topic.name, partition });
    }
  }
  return found;
}
