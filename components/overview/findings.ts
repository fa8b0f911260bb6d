import type { Overview } from '../../lib/contract/clusters.ts';

/** Where to go to see or mend what a finding is about. */
export type FindingTarget =
  | 'brokers'
  | 'topics-offline'
  | 'topics-under-replicated'
  | 'topics-not-preferred'
  | 'plans';

export interface Finding {
  code:
    | 'no-controller'
    | 'offline'
    | 'under-min-isr'
    | 'under-replicated'
    | 'brokers-down'
    | 'not-preferred'
    | 'reassigning';
  severity: 'critical' | 'warning' | 'note';
  /** How many partitions (or brokers, for `brokers-down`) it is about. */
  count: number;
  /** Brokers that are down and so the cause. */
  downBrokers: number[];
  /** Brokers that are up but not in sync for some of their replicas. */
  laggingBrokers: number[];
  target: FindingTarget;
}

/** What is wrong with a cluster, worst first, each with its cause where the overview tells it. */
export function findingsOf(overview: Overview): Finding[] {
  const down = overview.brokers.filter((broker) => !broker.isAlive).map(({ id }) => id);
  const lagging = overview.brokers
    .filter((broker) => broker.isAlive && broker.underReplicatedCount > 0)
    .map(({ id }) => id);
  const causes = { downBrokers: down, laggingBrokers: lagging };
  const findings: Finding[] = [];
  if (overview.controllerId === null && overview.problems.length === 0) {
    findings.push({ code: 'no-controller', severity: 'critical', count: 0, ...causes, target: 'brokers' });
  }
  if (overview.offlinePartitionCount > 0) {
    const count = overview.offlinePartitionCount;
    findings.push({ code: 'offline', severity: 'critical', count, ...causes, target: 'topics-offline' });
  }
  if (overview.underMinIsrPartitionCount) {
    const count = overview.underMinIsrPartitionCount;
    findings.push({
      code: 'under-min-isr',
      severity: 'critical',
      count,
      ...causes,
      target: 'topics-under-replicated',
    });
  }
  if (overview.underReplicatedPartitionCount > 0) {
    const count = overview.underReplicatedPartitionCount;
    findings.push({
      code: 'under-replicated',
      severity: 'warning',
      count,
      ...causes,
      target: 'topics-under-replicated',
    });
  } else if (down.length > 0) {
    findings.push({
      code: 'brokers-down',
      severity: 'warning',
      count: down.length,
      ...causes,
      target: 'brokers',
    });
  }
  // While a broker is down, leaders away from it are what should be; an election would change nothing.
  if (overview.preferredLeaderPercent < 100 && down.length === 0 && overview.partitionCount > 0) {
    const count = Math.round((overview.partitionCount * (100 - overview.preferredLeaderPercent)) / 100);
    findings.push({
      code: 'not-preferred',
      severity: 'warning',
      count,
      ...causes,
      target: 'topics-not-preferred',
    });
  }
  if (overview.reassigningPartitionCount) {
    const count = overview.reassigningPartitionCount;
    findings.push({ code: 'reassigning', severity: 'note', count, ...causes, target: 'plans' });
  }
  return findings;
}
