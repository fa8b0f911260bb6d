'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { BrokerDetail } from '../../lib/contract/brokers.ts';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Bytes, Count } from '../ui/format.tsx';
import { HealthBadge } from '../ui/health.tsx';

type LogDir = NonNullable<BrokerDetail['logDirs']>[number];

/** A broker's log directories; `null` when they could not be read, which the page says above. */
export function LogDirs({ dirs }: { dirs: readonly LogDir[] | null | undefined }) {
  const t = useTranslations('brokers.logDirs');
  const columns = useMemo<Column<LogDir>[]>(
    () => [
      {
        id: 'path',
        header: t('path'),
        sortValue: (row) => row.path,
        cell: (row) => <span className="font-mono text-xs break-all">{row.path}</span>,
        className: 'min-w-40',
      },
      {
        id: 'state',
        header: t('state'),
        cell: (row) =>
          row.error === null ? (
            <HealthBadge health="ok">{t('online')}</HealthBadge>
          ) : (
            <HealthBadge health="critical">{row.error}</HealthBadge>
          ),
      },
      {
        id: 'replicas',
        header: t('replicas'),
        align: 'end',
        sortValue: (row) => row.replicaCount,
        cell: (row) => <Count value={row.replicaCount} />,
      },
      {
        id: 'size',
        header: t('size'),
        align: 'end',
        sortValue: (row) => row.sizeBytes,
        cell: (row) => <Bytes value={row.sizeBytes} />,
      },
      {
        id: 'usable',
        header: t('usable'),
        align: 'end',
        shownFrom: 'tablet',
        sortValue: (row) => row.usableBytes,
        cell: (row) => <Bytes value={row.usableBytes} />,
      },
      {
        id: 'total',
        header: t('total'),
        align: 'end',
        shownFrom: 'tablet',
        sortValue: (row) => row.totalBytes,
        cell: (row) => <Bytes value={row.totalBytes} />,
      },
    ],
    [t],
  );
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={dirs === null ? [] : dirs}
      rowKey={(row) => row.path}
      skeletonRows={1}
      empty={<EmptyState title={t('unknown')} />}
    />
  );
}
