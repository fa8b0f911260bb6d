'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { TopicRow } from '../../lib/contract/topics.ts';
import { topicPath } from '../data/paths.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { Count, Percent } from '../ui/format.tsx';
import { Badge, HealthBadge, HealthMark } from '../ui/health.tsx';
import { NameLink } from '../ui/text-link.tsx';
import { type RowDialog, TopicRowMenu } from './topic-row-menu.tsx';

export interface TopicColumnsOptions {
  cluster: string;
  rows: readonly TopicRow[] | undefined;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  onDialog: (dialog: RowDialog) => void;
}

/** The columns of the list of topics: what Kafdrop shows, with health told by shape and word. */
export function useTopicColumns(options: TopicColumnsOptions): Column<TopicRow>[] {
  const { cluster, selected, onSelect, onDialog } = options;
  const t = useTranslations('topics');
  return useMemo(() => {
    function toggle(name: string, isChecked: boolean) {
      const next = new Set(selected);
      if (isChecked) next.add(name);
      else next.delete(name);
      onSelect(next);
    }
    return [
      {
        id: 'select',
        header: t('columns.select'),
        isHeaderHidden: true,
        cell: (row) => (
          <Checkbox
            label={t('select', { topic: row.name })}
            isChecked={selected.has(row.name)}
            onCheckedChange={(isChecked) => toggle(row.name, isChecked)}
          />
        ),
        shownFrom: 'tablet',
        className: 'w-9 pr-0',
      },
      {
        id: 'name',
        header: t('columns.name'),
        isSortable: true,
        cell: (row) => (
          <span className="inline-flex max-w-full items-center gap-2">
            <NameLink href={topicPath(cluster, row.name)} name={row.name} />
            {row.isInternal && <Badge title={t('internalHint')}>{t('internal')}</Badge>}
          </span>
        ),
        className: 'min-w-40',
      },
      {
        id: 'partitionCount',
        header: t('columns.partitionCount'),
        align: 'end',
        isSortable: true,
        isLargestFirst: true,
        cell: (row) => <Count value={row.partitionCount} />,
      },
      {
        id: 'replicationFactor',
        header: t('columns.replicationFactor'),
        align: 'end',
        isSortable: true,
        isLargestFirst: true,
        cell: (row) => <Count value={row.replicationFactor} />,
        shownFrom: 'tablet',
      },
      {
        id: 'preferredLeaderPercent',
        header: t('columns.preferredLeaderPercent'),
        hint: t('hints.preferredLeaderPercent'),
        align: 'end',
        isSortable: true,
        cell: (row) => (
          <span className="flex items-center justify-end gap-1">
            {row.preferredLeaderPercent < 100 && <HealthMark health="warning" className="size-3.5" />}
            <Percent value={row.preferredLeaderPercent} />
          </span>
        ),
        shownFrom: 'tablet',
      },
      {
        id: 'underReplicatedPartitionCount',
        header: t('columns.underReplicatedPartitionCount'),
        hint: t('hints.underReplicatedPartitionCount'),
        align: 'end',
        isSortable: true,
        isLargestFirst: true,
        cell: (row) => <Replication row={row} />,
      },
      {
        id: 'customConfigCount',
        header: t('columns.customConfigCount'),
        hint: t('hints.customConfigCount'),
        align: 'end',
        isSortable: true,
        isLargestFirst: true,
        cell: (row) => <Count value={row.customConfigCount} />,
        shownFrom: 'desktop',
      },
      {
        id: 'actions',
        header: t('columns.actions'),
        isHeaderHidden: true,
        cell: (row) => <TopicRowMenu cluster={cluster} row={row} onDialog={onDialog} />,
        className: 'w-11 py-0.5 pl-0',
      },
    ];
  }, [t, cluster, selected, onSelect, onDialog]);
}

function Replication({ row }: { row: TopicRow }) {
  const t = useTranslations('topics');
  if (row.offlinePartitionCount > 0) {
    return (
      <HealthBadge health="critical">{t('offlineCount', { count: row.offlinePartitionCount })}</HealthBadge>
    );
  }
  if (row.underReplicatedPartitionCount > 0) {
    return (
      <HealthBadge health="warning">
        <Count value={row.underReplicatedPartitionCount} />
      </HealthBadge>
    );
  }
  return <span className="text-ink-faint">0</span>;
}
