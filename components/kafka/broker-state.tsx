'use client';
import { useTranslations } from 'next-intl';
import type { BrokerRow } from '../../lib/contract/brokers.ts';
import type { Health } from '../ui/health.tsx';
import { HealthBadge } from '../ui/health.tsx';

type Shown = 'up' | 'down' | 'starting' | 'stopping' | 'stopped';

const health: Record<Shown, Health> = {
  up: 'ok',
  down: 'critical',
  starting: 'unknown',
  stopping: 'warning',
  stopped: 'critical',
};

/** Whether a broker is up; for the embedded cluster also what is being done to it. */
export function BrokerState({
  broker,
}: {
  broker: Pick<BrokerRow, 'isAlive'> & Partial<Pick<BrokerRow, 'embeddedState'>>;
}) {
  const t = useTranslations('brokers.state');
  const { embeddedState, isAlive } = broker;
  const shown: Shown =
    embeddedState && embeddedState !== 'running'
      ? embeddedState
      : isAlive
        ? 'up'
        : embeddedState
          ? 'starting'
          : 'down';
  return <HealthBadge health={health[shown]}>{t(shown)}</HealthBadge>;
}
