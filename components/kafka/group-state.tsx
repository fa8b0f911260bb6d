'use client';
import { useTranslations } from 'next-intl';
import { Badge, type Health, HealthBadge } from '../ui/health.tsx';

/** States of classic, consumer, share and streams groups (KIP-848, KIP-932, KIP-1071) that say something about health. */
const HEALTH: Record<string, Health> = {
  Stable: 'ok',
  PreparingRebalance: 'warning',
  CompletingRebalance: 'warning',
  Assigning: 'warning',
  Reconciling: 'warning',
  NotReady: 'warning',
  Dead: 'critical',
  Unknown: 'unknown',
};

export const GROUP_STATES = ['Stable', 'Empty', 'PreparingRebalance', 'CompletingRebalance', 'Dead'] as const;

/** A group's state in Kafka's own word; what it means is told on hover. */
export function GroupState({ state }: { state: string }) {
  const t = useTranslations('groups.states');
  const known = GROUP_STATES.find((one) => one === state);
  const health = HEALTH[state];
  const shown = health ? <HealthBadge health={health}>{state}</HealthBadge> : <Badge>{state}</Badge>;
  return <span title={known && t(known)}>{shown}</span>;
}
