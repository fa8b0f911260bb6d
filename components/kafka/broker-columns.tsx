'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { BrokerRow } from '../../lib/contract/brokers.ts';
import type { OverviewBroker } from '../../lib/contract/clusters.ts';
import { ShareBar } from '../charts/share-bar.tsx';
import { brokerPath } from '../data/paths.ts';
import type { Column } from '../ui/data-table-column.ts';
import { Count, Percent } from '../ui/format.tsx';
import { Badge, HealthMark } from '../ui/health.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { BrokerState } from './broker-state.tsx';

/** The columns of brokers that Overview and Brokers share. */
export function useBrokerColumns<Row extends OverviewBroker & Partial<Pick<BrokerRow, 'embeddedState'>>>(
  cluster: string,
): Column<Row>[] {
  const t = useTranslations('brokers');
  return useMemo(
    () => [
      {
        id: 'id',
        header: t('column.id'),
        sortValue: (row) => row.id,
        cell: (row) => (
          <span className="flex items-center gap-2 whitespace-nowrap">
            <TextLink href={brokerPath(cluster, row.id)} aria-label={t('name', { id: String(row.id) })}>
              {row.id}
            </TextLink>
            {row.isController ? <Badge>{t('controller')}</Badge> : null}
          </span>
        ),
      },
      {
        id: 'state',
        header: t('column.state'),
        sortValue: (row) => `${row.isAlive}${row.embeddedState ?? ''}`,
        cell: (row) => <BrokerState broker={row} />,
      },
      {
        id: 'address',
        header: t('column.address'),
        shownFrom: 'tablet',
        sortValue: (row) => `${row.host}:${row.port}`,
        cell: (row) =>
          row.host === '' ? (
            <Count value={null} />
          ) : (
            <span className="whitespace-nowrap">{`${row.host}:${row.port}`}</span>
          ),
      },
      {
        id: 'rack',
        header: t('column.rack'),
        shownFrom: 'desktop',
        sortValue: (row) => row.rack,
        cell: (row) => row.rack ?? <span className="text-ink-faint">{t('noRack')}</span>,
      },
      {
        id: 'leaders',
        header: t('column.leaders'),
        hint: t('hint.leaders'),
        align: 'end',
        isLargestFirst: true,
        sortValue: (row) => row.leaderCount,
        cell: (row) => <Count value={row.leaderCount} />,
      },
      {
        id: 'share',
        header: t('column.share'),
        hint: t('hint.share'),
        align: 'end',
        shownFrom: 'tablet',
        isLargestFirst: true,
        sortValue: (row) => row.leaderPercent,
        cell: (row) => (
          <span className="inline-flex w-full items-center justify-end gap-2">
            <ShareBar percent={row.leaderPercent} className="w-12 max-sm:hidden" />
            <span className="min-w-12">
              <Percent value={row.leaderPercent} />
            </span>
          </span>
        ),
      },
      {
        id: 'replicas',
        header: t('column.replicas'),
        hint: t('hint.replicas'),
        align: 'end',
        shownFrom: 'tablet',
        isLargestFirst: true,
        sortValue: (row) => row.replicaCount,
        cell: (row) => <Count value={row.replicaCount} />,
      },
      {
        id: 'notInSync',
        header: t('column.notInSync'),
        hint: t('hint.notInSync'),
        align: 'end',
        isLargestFirst: true,
        sortValue: (row) => row.underReplicatedCount,
        cell: (row) => (
          <span className="inline-flex items-center gap-1">
            {row.underReplicatedCount > 0 ? <HealthMark health="warning" className="size-3.5" /> : null}
            <Count value={row.underReplicatedCount} />
          </span>
        ),
      },
    ],
    [cluster, t],
  );
}
