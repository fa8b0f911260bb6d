'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Plan } from '../../lib/contract/plans.ts';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { useNumberText } from '../ui/format.tsx';

type Load = Plan['brokers'][number];

/** Replicas and leaders of each broker before and after; `=` where nothing changes. */
export function BrokerLoadTable({ brokers }: { brokers: Plan['brokers'] }) {
  const t = useTranslations('plans');
  const columns = useMemo<Column<Load>[]>(
    () => [
      { id: 'broker', header: t('broker'), cell: (load) => load.broker, sortValue: (load) => load.broker },
      {
        id: 'rack',
        header: t('rack'),
        cell: (load) => load.rack ?? '–',
        sortValue: (load) => load.rack,
        shownFrom: 'tablet',
      },
      {
        id: 'replicas',
        header: t('replicas'),
        align: 'end',
        cell: (load) => <BeforeAfter before={load.replicasBefore} after={load.replicasAfter} />,
        sortValue: (load) => load.replicasAfter,
      },
      {
        id: 'leaders',
        header: t('leaders'),
        align: 'end',
        cell: (load) => <BeforeAfter before={load.leadersBefore} after={load.leadersAfter} />,
        sortValue: (load) => load.leadersAfter,
      },
    ],
    [t],
  );
  return (
    <div>
      <h4 className="mb-1.5 text-xs font-medium text-ink-soft">{t('load')}</h4>
      <DataTable label={t('load')} columns={columns} rows={brokers} rowKey={(load) => String(load.broker)} />
    </div>
  );
}

function BeforeAfter({ before, after }: { before: number; after: number }) {
  const t = useTranslations('plans');
  const text = useNumberText();
  if (before === after) return <span className="text-ink-faint">{text.count(after)}</span>;
  const difference = after - before;
  return (
    <span className="whitespace-nowrap">
      {t('beforeAfter', { before: text.count(before), after: text.count(after) })}
      <span className="ml-1.5 inline-block min-w-9 text-xs text-ink-faint">
        {difference > 0 ? '+' : '−'}
        {text.count(Math.abs(difference))}
      </span>
    </span>
  );
}
