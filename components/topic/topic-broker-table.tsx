'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { TopicDetail } from '../../lib/contract/topics.ts';
import { partitionRanges } from '../data/partition-ranges.ts';
import { brokerPath } from '../data/paths.ts';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { Count } from '../ui/format.tsx';
import { HealthBadge } from '../ui/health.tsx';
import { TextLink } from '../ui/text-link.tsx';

type TopicBroker = TopicDetail['brokers'][number];

export interface TopicBrokerTableProps {
  cluster: string;
  brokers: TopicBroker[] | undefined;
}

/** How many of the topic's partitions each broker holds and leads, and whether that is more than its share. */
export function TopicBrokerTable({ cluster, brokers }: TopicBrokerTableProps) {
  const t = useTranslations('topic.summary');
  const columns = useMemo<Column<TopicBroker>[]>(() => {
    const skew = (isSkewed: boolean) =>
      isSkewed ? <HealthBadge health="warning">{t('yes')}</HealthBadge> : t('no');
    return [
      {
        id: 'broker',
        header: t('broker'),
        cell: (row) => (
          <span className="inline-flex items-center gap-2">
            <TextLink href={brokerPath(cluster, row.broker)}>{row.broker}</TextLink>
            {!row.isAlive && <HealthBadge health="critical">{t('brokerDown')}</HealthBadge>}
          </span>
        ),
        sortValue: (row) => row.broker,
      },
      {
        id: 'replicas',
        header: t('replicas'),
        align: 'end',
        cell: (row) => <Count value={row.partitionCount} />,
        sortValue: (row) => row.partitionCount,
        isLargestFirst: true,
      },
      {
        id: 'leaders',
        header: t('leaders'),
        align: 'end',
        cell: (row) => <Count value={row.leaderCount} />,
        sortValue: (row) => row.leaderCount,
        isLargestFirst: true,
      },
      {
        id: 'skewed',
        header: t('skewed'),
        hint: t('hints.brokersSkewPercent'),
        cell: (row) => skew(row.isSkewed),
        sortValue: (row) => Number(row.isSkewed),
      },
      {
        id: 'leaderSkewed',
        header: t('leaderSkewed'),
        hint: t('hints.brokersLeaderSkewPercent'),
        cell: (row) => skew(row.isLeaderSkewed),
        sortValue: (row) => Number(row.isLeaderSkewed),
      },
      {
        id: 'partitions',
        header: t('partitionsHeld'),
        cell: (row) => (
          <span className="block max-w-md truncate text-ink-soft" title={partitionRanges(row.partitions)}>
            {partitionRanges(row.partitions)}
          </span>
        ),
        shownFrom: 'desktop',
      },
    ];
  }, [t, cluster]);
  return (
    <DataTable
      label={t('byBroker')}
      columns={columns}
      rows={brokers}
      rowKey={(row) => String(row.broker)}
      skeletonRows={3}
    />
  );
}
