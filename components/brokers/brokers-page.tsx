'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { BrokerRow } from '../../lib/contract/brokers.ts';
import { brokerPath } from '../data/paths.ts';
import { useCluster } from '../data/use-cluster.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { useBrokerColumns } from '../kafka/broker-columns.tsx';
import { PageHeader } from '../ui/card.tsx';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState, FailureLine } from '../ui/error-state.tsx';
import { Bytes } from '../ui/format.tsx';
import { PartialNotice } from '../ui/partial-notice.tsx';
import { BrokerPower } from './broker-power.tsx';

const brokerKey = (broker: BrokerRow) => String(broker.id);

/** Every broker with what it leads and holds; those of the embedded cluster can be stopped and started. */
export function BrokersPage() {
  const t = useTranslations('brokers');
  const cluster = useCluster();
  const router = useRouter();
  const { data, failure, retry } = useEndpoint(
    'listBrokers',
    { params: { cluster } },
    { keepsPrevious: false },
  );
  const shared = useBrokerColumns<BrokerRow>(cluster);
  const isEmbedded = data?.items.some((broker) => broker.embeddedState !== null) ?? false;
  const columns = useMemo<Column<BrokerRow>[]>(
    () => [
      ...shared,
      {
        id: 'size',
        header: t('column.size'),
        hint: t('hint.size'),
        align: 'end',
        isLargestFirst: true,
        shownFrom: 'tablet',
        sortValue: (row) => row.sizeBytes,
        cell: (row) => <Bytes value={row.sizeBytes} />,
      },
      ...(isEmbedded
        ? [
            {
              id: 'power',
              header: t('column.actions'),
              isHeaderHidden: true,
              align: 'end' as const,
              // On a phone it stays in reach while the other columns scroll under it.
              className: 'max-sm:sticky max-sm:right-0 max-sm:bg-surface',
              cell: (row: BrokerRow) => <BrokerPower cluster={cluster} broker={row} />,
            },
          ]
        : []),
    ],
    [shared, t, isEmbedded, cluster],
  );
  return (
    <div className="space-y-3">
      <PageHeader title={t('title')} description={isEmbedded ? t('rehearse') : undefined} />
      {failure && !data ? (
        <ErrorState failure={failure} onRetry={retry} className="py-20" />
      ) : (
        <>
          <PartialNotice problems={data?.problems} />
          {failure && <FailureLine failure={failure} />}
          <DataTable
            label={t('title')}
            columns={columns}
            rows={data?.items}
            rowKey={brokerKey}
            initialSort={{ id: 'id', order: 'asc' }}
            onRowOpen={(row) => router.push(brokerPath(cluster, row.id))}
            skeletonRows={3}
            empty={<EmptyState title={t('noneTitle')} />}
          />
        </>
      )}
    </div>
  );
}
