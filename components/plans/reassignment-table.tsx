'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { ReassignmentState } from '../../lib/contract/plans.ts';
import { topicPath } from '../data/paths.ts';
import { ReplicaList } from '../kafka/replica-list.tsx';
import { IconButton } from '../ui/button.tsx';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useNumberText } from '../ui/format.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { copiedPercent } from './replica-edit.ts';

export interface ReassignmentTableProps {
  cluster: string;
  /** Undefined while the first answer is awaited. */
  rows: readonly ReassignmentState[] | undefined;
  onCancel: (rows: readonly ReassignmentState[]) => void;
}

/** Partitions whose replicas are moving, with how much has been copied. */
export function ReassignmentTable({ cluster, rows, onCancel }: ReassignmentTableProps) {
  const t = useTranslations('plans');
  const columns = useMemo<Column<ReassignmentState>[]>(
    () => [
      {
        id: 'partition',
        header: t('partition'),
        cell: (row) => (
          <TextLink href={topicPath(cluster, row.topic)} className="break-all">
            {row.topic}-{row.partition}
          </TextLink>
        ),
        sortValue: (row) => `${row.topic}-${row.partition}`,
      },
      {
        id: 'replicas',
        header: t('replicas'),
        cell: (row) => (
          <ReplicaList
            replicas={row.replicas}
            isr={row.isr}
            leader={null}
            addingReplicas={row.addingReplicas}
            removingReplicas={row.removingReplicas}
          />
        ),
      },
      {
        id: 'progress',
        header: t('underWay.progress'),
        cell: (row) => <CopyProgress row={row} />,
        sortValue: (row) => copiedPercent(row.bytesCopied, row.bytesTotal),
        className: 'min-w-36',
      },
      {
        id: 'cancel',
        header: t('underWay.cancel'),
        isHeaderHidden: true,
        cell: (row) => (
          <IconButton
            size="small"
            icon={X}
            label={t('underWay.cancelOne', { topic: row.topic, partition: row.partition })}
            onClick={() => onCancel([row])}
          />
        ),
        className: 'w-11 py-0.5 pl-0',
      },
    ],
    [t, cluster, onCancel],
  );
  return (
    <DataTable
      label={t('underWay.title')}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.topic}-${row.partition}`}
      initialSort={{ id: 'partition', order: 'asc' }}
      skeletonRows={3}
      virtualFrom={60}
      empty={<EmptyState title={t('underWay.emptyTitle')}>{t('underWay.emptyDetail')}</EmptyState>}
    />
  );
}

function CopyProgress({ row }: { row: ReassignmentState }) {
  const t = useTranslations('plans.underWay');
  const text = useNumberText();
  const percent = copiedPercent(row.bytesCopied, row.bytesTotal);
  if (percent === null) return <span className="text-xs text-ink-faint">{t('unknownProgress')}</span>;
  const title = t('progressOf', {
    copied: text.bytes(row.bytesCopied ?? 0),
    total: text.bytes(row.bytesTotal ?? 0),
  });
  return (
    <span className="flex items-center gap-2" title={title}>
      <span
        role="progressbar"
        aria-label={t('progressLabel', { topic: row.topic, partition: row.partition })}
        aria-valuenow={Math.floor(percent)}
        aria-valuetext={title}
        className="h-1.5 w-24 overflow-hidden rounded-full bg-selected"
      >
        <span className="block h-full bg-ink-soft transition-[width]" style={{ width: `${percent}%` }} />
      </span>
      <span className="min-w-12 text-right text-xs">{text.percent(percent)}</span>
    </span>
  );
}
