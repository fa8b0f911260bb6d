'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { PartitionMove } from '../../lib/contract/plans.ts';
import { cn } from '../ui/class-names.ts';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { Bytes, useNumberText } from '../ui/format.tsx';

export interface MoveTableProps {
  moves: readonly PartitionMove[];
  bytesToMove: number | null;
}

/** The partitions that change, with their replicas before and after and what has to be copied for it. */
export function MoveTable({ moves, bytesToMove }: MoveTableProps) {
  const t = useTranslations('plans');
  const text = useNumberText();
  const columns = useMemo<Column<PartitionMove>[]>(
    () => [
      {
        id: 'partition',
        header: t('partition'),
        cell: (move) => (
          <span className="break-all">
            {move.topic}
            <span className="text-ink-faint">-{move.partition}</span>
          </span>
        ),
        sortValue: (move) => `${move.topic}-${move.partition}`,
      },
      {
        id: 'before',
        header: t('before'),
        cell: (move) => <Brokers ids={move.before} others={move.after} mark="gone" />,
      },
      {
        id: 'after',
        header: t('after'),
        cell: (move) => <Brokers ids={move.after} others={move.before} mark="new" />,
      },
      {
        id: 'bytes',
        header: t('bytes'),
        align: 'end',
        cell: (move) => <Bytes value={move.bytesToMove} />,
        sortValue: (move) => move.bytesToMove,
        isLargestFirst: true,
        shownFrom: 'tablet',
      },
    ],
    [t],
  );
  return (
    <div>
      <h4 className="mb-1.5 flex flex-wrap gap-x-3 text-xs font-medium text-ink-soft">
        {t('movesCount', { count: moves.length })}
        <span className="font-normal text-ink-faint">
          {bytesToMove === null ? t('bytesUnknown') : t('bytesToMove', { size: text.bytes(bytesToMove) })}
        </span>
      </h4>
      <DataTable
        label={t('moves')}
        columns={columns}
        rows={moves}
        rowKey={(move) => `${move.topic}-${move.partition}`}
        virtualFrom={60}
        maxHeight="22rem"
      />
    </div>
  );
}

interface BrokersProps {
  ids: readonly number[];
  others: readonly number[];
  /** What a broker is that stands on this side only. */
  mark: 'gone' | 'new';
}

function Brokers({ ids, others, mark }: BrokersProps) {
  return (
    <span className="inline-flex gap-1">
      {ids.map((id) => {
        const isMarked = !others.includes(id);
        return (
          <span
            key={id}
            className={cn(
              'inline-flex h-5 min-w-6 items-center justify-center rounded-sm border border-line px-1 text-xs',
              isMarked && mark === 'new' && 'border-edge font-semibold',
              isMarked && mark === 'gone' && 'border-dashed border-edge line-through',
            )}
          >
            {isMarked && mark === 'new' ? '+' : ''}
            {id}
          </span>
        );
      })}
    </span>
  );
}
