'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { OverviewBroker } from '../../lib/contract/clusters.ts';

/** The chart library is fetched after the numbers are on the screen. */
const LeadersChart = dynamic(
  () => import('../charts/leaders-chart.tsx').then((module) => module.LeadersChart),
  {
    ssr: false,
  },
);

/** Brokers drawn; a chart of hundreds would say nothing, the table below has them all. */
const DRAWN = 24;

/** Leaders by broker as a chart, and the same numbers as a table for those who do not see it. */
export function LeadersFigure({ brokers }: { brokers: OverviewBroker[] }) {
  const t = useTranslations('charts');
  const drawn = useMemo(
    () =>
      brokers.slice(0, DRAWN).map((broker) => ({
        broker: broker.id,
        leaders: broker.leaderCount,
        preferred: broker.preferredLeaderCount,
        isAlive: broker.isAlive,
      })),
    [brokers],
  );
  return (
    <figure>
      <div aria-hidden style={{ height: Math.max(3, drawn.length) * 44 + 34 }}>
        <LeadersChart brokers={drawn} />
      </div>
      <figcaption className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-faint">
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-xs bg-chart-1" />
          {t('leaders')}
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-xs bg-chart-2" />
          {t('preferred')}
        </span>
      </figcaption>
      <table className="sr-only">
        <caption>{t('leadersByBroker')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('brokerColumn')}</th>
            <th scope="col">{t('leaders')}</th>
            <th scope="col">{t('preferred')}</th>
          </tr>
        </thead>
        <tbody>
          {brokers.map((broker) => (
            <tr key={broker.id}>
              <th scope="row">{broker.id}</th>
              <td>{broker.leaderCount}</td>
              <td>{broker.preferredLeaderCount}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
