'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { RecordDeletion } from '../../lib/contract/delete-records.ts';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { Count } from '../ui/format.tsx';

/** How many records go of each partition, and where its log begins after. */
export function DeletionTable({ deletions }: { deletions: readonly RecordDeletion[] }) {
  const t = useTranslations('plans.deleteRecords');
  const columns = useMemo<Column<RecordDeletion>[]>(
    () => [
      {
        id: 'partition',
        header: t('partition'),
        cell: ({ partition }) => partition,
        sortValue: ({ partition }) => partition,
      },
      {
        id: 'goes',
        header: t('goes'),
        align: 'end',
        cell: (one) => <Count value={one.beforeOffset - one.logStartOffset} />,
        sortValue: (one) => one.beforeOffset - one.logStartOffset,
        isLargestFirst: true,
      },
      {
        id: 'stays',
        header: t('stays'),
        align: 'end',
        cell: (one) => <Count value={one.logEndOffset - one.beforeOffset} />,
        sortValue: (one) => one.logEndOffset - one.beforeOffset,
        isLargestFirst: true,
      },
      {
        id: 'start',
        header: t('start'),
        align: 'end',
        cell: ({ beforeOffset }) => <Count value={beforeOffset} />,
        shownFrom: 'tablet',
      },
    ],
    [t],
  );
  return (
    <DataTable
      label={t('table')}
      columns={columns}
      rows={deletions}
      rowKey={({ partition }) => String(partition)}
      virtualFrom={40}
      maxHeight="16rem"
    />
  );
}
