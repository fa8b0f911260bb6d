'use client';

import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { IconButton } from '../ui/button.tsx';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureLine } from '../ui/error-state.tsx';
import { Input } from '../ui/input.tsx';
import { replicaKey } from './replica-edit.ts';
import type { HandEdits, HandRow } from './use-hand-edits.ts';

/** Every partition of the chosen topics with its replicas to write over, checked as one types. */
export function HandEditor({ hand }: { hand: HandEdits }) {
  const t = useTranslations('plans.reassign');
  const { rows, failure, write, undo } = hand;
  const columns = useMemo<Column<HandRow>[]>(
    () => [
      {
        id: 'partition',
        header: t('partition'),
        cell: (row) => (
          <span className="break-all">
            {row.topic}
            <span className="text-ink-faint">-{row.partition}</span>
          </span>
        ),
      },
      {
        id: 'now',
        header: t('now'),
        cell: (row) => <span className="text-ink-faint">{row.replicas.join(', ')}</span>,
      },
      {
        id: 'replicas',
        header: t('replicas'),
        cell: (row) => <ReplicaInput row={row} onWrite={write} />,
      },
      {
        id: 'undo',
        header: t('undo'),
        isHeaderHidden: true,
        cell: (row) =>
          row.edit && (
            <IconButton
              size="small"
              icon={Undo2}
              label={t('undoEdit', { partition: row.partition })}
              onClick={() => undo(replicaKey(row))}
            />
          ),
        className: 'w-11 py-0.5 pl-0',
      },
    ],
    [t, write, undo],
  );
  const edited = rows?.filter((row) => row.edit).length ?? 0;
  return (
    <div className="space-y-2">
      <p className="text-xs text-ink-faint">
        {[t('byHandHint'), edited > 0 && t('edited', { count: edited })].filter(Boolean).join(' · ')}
      </p>
      {failure && <FailureLine failure={failure} />}
      <DataTable
        label={t('byHand')}
        columns={columns}
        rows={rows}
        rowKey={replicaKey}
        virtualFrom={60}
        maxHeight="32rem"
        empty={<EmptyState title={t('noTopics')} />}
      />
    </div>
  );
}

interface ReplicaInputProps {
  row: HandRow;
  onWrite: (key: string, text: string) => void;
}

function ReplicaInput({ row, onWrite }: ReplicaInputProps) {
  const t = useTranslations('plans.reassign');
  const wrong = row.edit && !row.edit.ok ? row.edit : null;
  const id = `replicas-${replicaKey(row)}`;
  return (
    <>
      <Input
        aria-label={t('replicasOf', { topic: row.topic, partition: row.partition })}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong ? id : undefined}
        className="h-7 w-28"
        value={row.text}
        onChange={(event) => onWrite(replicaKey(row), event.target.value)}
      />
      {wrong && (
        <p id={id} className="mt-0.5 text-xs text-critical">
          {t(`problems.${wrong.problem}`, { broker: wrong.broker ?? 0 })}
        </p>
      )}
    </>
  );
}
