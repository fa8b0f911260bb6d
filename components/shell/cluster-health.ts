import type { ClusterSummary } from '../../lib/contract/clusters.ts';
import type { Health } from '../ui/health.tsx';

export const clusterHealth: Record<ClusterSummary['status'], Health> = {
  ok: 'ok',
  degraded: 'warning',
  unreachable: 'critical',
  connecting: 'unknown',
};
