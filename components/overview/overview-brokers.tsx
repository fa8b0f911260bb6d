'use client';
import { useTranslations } from 'next-intl';
import type { OverviewBroker } from '../../lib/contract/clusters.ts';
import { useBrokerColumns } from '../kafka/broker-columns.tsx';
import { DataTable } from '../ui/data-table.tsx';

const brokerKey = (broker: OverviewBroker) => String(broker.id);

export interface OverviewBrokersProps {
  cluster: string;
  /** Undefined while they are read. */
  brokers: OverviewBroker[] | undefined;
}

/** The brokers of a cluster in a table. */
export function OverviewBrokers({ cluster, brokers }: OverviewBrokersProps) {
  const t = useTranslations('overview');
  const columns = useBrokerColumns<OverviewBroker>(cluster);
  return (
    <DataTable
      label={t('brokers')}
      columns={columns}
      rows={brokers}
      rowKey={brokerKey}
      skeletonRows={3}
      initialSort={{ id: 'id', order: 'asc' }}
    />
  );
}
