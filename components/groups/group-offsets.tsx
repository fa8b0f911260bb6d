'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { GroupOffset } from '../../lib/contract/groups.ts';
import { ShareBar } from '../charts/share-bar.tsx';
import { topicPath } from '../data/paths.ts';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Count } from '../ui/format.tsx';
import { NameLink } from '../ui/text-link.tsx';

export interface GroupOffsetsProps {
  cluster: string;
  /** Undefined until read. */
  offsets: readonly GroupOffset[] | undefined;
}

/** Where the group stands on every partition; the bar compares the lags of its partitions. */
export function GroupOffsets({ cluster, offsets }: GroupOffsetsProps) {
  const t = useTranslations('groups');
  const most = useMemo(() => Math.max(1, ...(offsets ?? []).map((one) => one.lag ?? 0)), [offsets]);
  const columns = useMemo<Column<GroupOffset>[]>(
    () => [
      {
        id: 'topic',
        header: t('column.topic'),
        sortValue: (row) => `${row.topic} ${String(row.partition).padStart(10, '0')}`,
        cell: (row) => <NameLink href={topicPath(cluster, row.topic)} name={row.topic} />,
      },
      {
        id: 'partition',
        header: t('column.partition'),
        align: 'end',
        sortValue: (row) => row.partition,
        cell: (row) => row.partition,
      },
      {
        id: 'committedOffset',
        header: t('column.committedOffset'),
        hint: t('hint.committedOffset'),
        align: 'end',
        shownFrom: 'tablet',
        sortValue: (row) => row.committedOffset,
        cell: (row) => <Count value={row.committedOffset} />,
      },
      {
        id: 'logEndOffset',
        header: t('column.logEndOffset'),
        align: 'end',
        shownFrom: 'tablet',
        sortValue: (row) => row.logEndOffset,
        cell: (row) => <Count value={row.logEndOffset} />,
      },
      {
        id: 'lag',
        header: t('column.lag'),
        hint: t('hint.partitionLag'),
        align: 'end',
        isLargestFirst: true,
        sortValue: (row) => row.lag,
        cell: (row) => (
          <span className="inline-flex w-full items-center justify-end gap-2">
            <ShareBar percent={((row.lag ?? 0) / most) * 100} className="w-16 max-sm:hidden" />
            <span className="min-w-14">
              <Count value={row.lag} />
            </span>
          </span>
        ),
      },
      {
        id: 'member',
        header: t('column.member'),
        shownFrom: 'desktop',
        sortValue: (row) => row.clientId,
        cell: (row) =>
          row.memberId === null ? (
            <span className="text-ink-faint">{t('noMember')}</span>
          ) : (
            <span className="break-all" title={row.memberId}>
              {row.clientId} {row.host}
            </span>
          ),
      },
    ],
    [t, cluster, most],
  );
  return (
    <DataTable
      label={t('offsets')}
      columns={columns}
      rows={offsets}
      rowKey={(row) => `${row.topic} ${row.partition}`}
      initialSort={{ id: 'topic', order: 'asc' }}
      empty={<EmptyState title={t('noOffsetsTitle')}>{t('noOffsetsDetail')}</EmptyState>}
    />
  );
}
