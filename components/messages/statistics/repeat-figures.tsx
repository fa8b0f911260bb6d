'use client';

import { useTranslations } from 'next-intl';
import type { MessageStatistics } from '../../../lib/contract/statistics.ts';
import { Section } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table-column.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useNumberText } from '../../ui/format.tsx';
import type { FigureProps } from './figure-props.ts';
import { ValueButton } from './marks.tsx';

type Example = MessageStatistics['duplicates']['examples'][number];
type Place = Example['first'];

/** Messages with the same key and value as others. */
export function RepeatFigures({ statistics, isSeveral, onOpen }: FigureProps) {
  const t = useTranslations('messages.statistics.repeats');
  const text = useNumberText();
  const { count, contents, isExact, standardError, examples } = statistics.duplicates;
  const place = ({ topic, partition, offset }: Place) => (
    <ValueButton
      label={t('open')}
      text={isSeveral ? `${topic}-${partition} @ ${offset}` : `${partition} @ ${offset}`}
      onChoose={() => onOpen(isSeveral ? { topic, partition, offset } : { partition, offset })}
    />
  );
  const columns: Column<Example>[] = [
    {
      id: 'times',
      header: t('times'),
      align: 'end',
      className: 'w-24',
      cell: ({ times }) => text.count(times),
    },
    { id: 'first', header: t('first'), cell: ({ first }) => place(first) },
    { id: 'last', header: t('last'), cell: ({ last }) => place(last) },
  ];
  const said =
    count === 0
      ? t('none')
      : isExact
        ? t('exact', { count, contents })
        : t('about', {
            count: text.compact(count),
            error: text.compact(Math.round(standardError)),
            contents: text.compact(contents),
          });
  return (
    <Section title={t('title')} description={said}>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={examples}
        rowKey={({ first }) => `${first.topic}-${first.partition}@${first.offset}`}
        maxHeight="20rem"
        empty={
          <EmptyState title={t('emptyTitle')} className="py-6">
            {statistics.coverage.windows > 0 ? t('emptySample') : null}
          </EmptyState>
        }
      />
    </Section>
  );
}
