import type { TopologyBroker } from '../../lib/kafka/topology.ts';
import type { PlanWarning } from './plan-of.ts';
import { sayNumber } from './say.ts';

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
      detail:
        'One replica: when its broker is down, nothing can be read or written, and a lost disk loses it all',
    });
  if (racks.size > 1 && replicationFactor > racks.size)
    warnings.push({
      code: 'more-replicas-than-racks',
      detail: `${replicationFactor} replicas stand in ${sayNumber(racks.size, 'rack')}: some of them share one`,
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
        detail: `min.insync.replicas is ${minInsyncReplicas}, but there are ${sayNumber(replicationFactor, 'replica')}: producers with acks=all are always refused`,
      },
    ];
  if (minInsyncReplicas === replicationFactor && replicationFactor > 1)
    return [
      {
        code: 'min-isr-equals-replicas',
        detail: `min.insync.replicas is ${minInsyncReplicas}, as many as there are replicas: producers with acks=all are refused as soon as one broker is down`,
      },
    ];
  return [];
}
