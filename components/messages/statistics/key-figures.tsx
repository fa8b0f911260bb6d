'use client';

import { useTranslations } from 'next-intl';
import type { MessageStatistics } from '../../../lib/contract/statistics.ts';
import { ShareBar } from '../../charts/share-bar.tsx';
import { Section } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table-column.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useNumberText } from '../../ui/format.tsx';
import type { FigureProps } from './figure-props.ts';
import { MaskedMark, ValueButton } from './marks.tsx';

type TopKey = MessageStatistics['keys']['top'][number];

/** The most frequent keys, and how many there are. */
export function KeyFigures({ statistics, onRead }: FigureProps) {
  const t = useTranslations('messages.statistics.keys');
  const text = useNumberText();
  const { keys, matched, fields } = statistics;
  const { estimate, isExact, relativeError } = keys.distinct;
  const isMasked = fields.some(({ path, isMasked: masked }) => path === 'key' && masked);
  const standing = keys.top.filter(standsOut);
  const most = Math.max(0, ...keys.top.map((key) => key.count));
  const count = isExact
    ? t('distinct', { count: estimate })
    : t('about', { count: text.compact(estimate), percent: text.percent(relativeError * 100) });
  const columns: Column<TopKey>[] = [
    {
      id: 'key',
      header: t('key'),
      cell: ({ key, isTruncated }) => (
        <ValueButton
          label={t('search')}
          onChoose={isTruncated || isMasked ? undefined : () => onRead({ key })}
          text={isTruncated ? `${key}…` : key}
        />
      ),
    },
    {
      id: 'count',
      header: t('messages'),
      align: 'end',
      className: 'w-40',
      sortValue: (key) => key.count,
      isLargestFirst: true,
      cell: (key) => (
        <span className="flex items-center justify-end gap-2">
          <ShareBar percent={(key.count / Math.max(1, matched)) * 100} className="w-14 max-sm:hidden" />
          {key.error > 0 && `${text.compact(key.count - key.error)}–`}
          {text.compact(key.count)}
        </span>
      ),
    },
  ];
  return (
    <Section
      title={t('title')}
      description={
        <>
          {count}
          {keys.hidden > 0 && ` ${t('hidden', { count: keys.hidden })}`}
        </>
      }
      actions={isMasked && <MaskedMark />}
    >
      <DataTable
        label={t('title')}
        columns={columns}
        rows={standing}
        rowKey={({ key, count: times, error: most }) => `${key} ${times} ${most}`}
        maxHeight="20rem"
        empty={
          keys.top.length === 0 ? (
            <EmptyState title={t('empty')} className="py-6" />
          ) : (
            <EmptyState title={t('noneFrequent')} className="py-6">
              {t('noneFrequentDetail', { count: most })}
            </EmptyState>
          )
        }
      />
    </Section>
  );
}

/** What is counted of it is more than what may have been counted of others: else it is there by chance. */
function standsOut({ count, error }: TopKey): boolean {
  return error === 0 || count - error > error;
}
