import { say } from '../../lib/i18n/sentences/sentence.ts';
import type { TopologyBroker } from '../../lib/kafka/topology.ts';
import type { PlanWarning } from './plan-of.ts';

export interface Replication {
  readonly replicationFactor: number;
  /** `min.insync.replicas`; null when not known. */
  readonly minInsyncReplicas: number | null;
}

/** What a topic's replication factor brings with it on this cluster. */
export function replicationWarnings(
  { replicationFactor, minInsyncReplicas }: Replication,
  brokers: readonly TopologyBroker[],
): PlanWarning[] {
  const alive = brokers.filter(({ isAlive }) => isAlive);
  const racks = new Set(alive.map(({ rack }) => rack).filter((rack) => rack !== null));
  const warnings: PlanWarning[] = [];
  if (replicationFactor === 1 && alive.length > 1)
    warnings.push({
      code: 'single-replica',
      detail: say('warn.singleReplicaTopic'),
    });
  if (racks.size > 1 && replicationFactor > racks.size)
    warnings.push({
      code: 'more-replicas-than-racks',
      detail: say('warn.replicasShareRacks', { replicas: replicationFactor, racks: racks.size }),
    });
  return [...warnings, ...minIsrWarnings({ replicationFactor, minInsyncReplicas })];
}

/** What `min.insync.replicas` means beside the replication factor. */
export function minIsrWarnings({ replicationFactor, minInsyncReplicas }: Replication): PlanWarning[] {
  if (minInsyncReplicas === null) return [];
  if (minInsyncReplicas > replicationFactor)
    return [
      {
        code: 'min-isr-above-replicas',
        detail: say('warn.minIsrAbove', { minIsr: minInsyncReplicas, replicas: replicationFactor }),
      },
    ];
  if (minInsyncReplicas === replicationFactor && replicationFactor > 1)
    return [
      {
        code: 'min-isr-equals-replicas',
        detail: say('warn.minIsrEquals', { minIsr: minInsyncReplicas }),
      },
    ];
  return [];
}
