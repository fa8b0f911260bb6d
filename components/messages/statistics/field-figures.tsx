'use client';

import { Columns3 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MessageStatistics } from '../../../lib/contract/statistics.ts';
import { ShareBar } from '../../charts/share-bar.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Section } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table-column.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useNumberText } from '../../ui/format.tsx';
import { SearchInput } from '../../ui/input.tsx';
import type { FigureProps } from './figure-props.ts';
import { MaskedMark } from './marks.tsx';

type Field = MessageStatistics['fields'][number];

/** Fewer are seen at once. */
const FILTERED_FROM = 12;

/** Which fields messages have, of what types, and what is in them. */
export function FieldFigures({ statistics, onAddColumn }: FigureProps) {
  const t = useTranslations('messages.statistics.fields');
  const text = useNumberText();
  const [wanted, setWanted] = useState('');
  const { fields, moreFields, unreadable } = statistics;
  const shown = fields.filter(({ path }) => path.toLowerCase().includes(wanted.trim().toLowerCase()));
  const columns: Column<Field>[] = [
    {
      id: 'path',
      header: t('path'),
      className: 'min-w-44',
      sortValue: ({ path }) => path,
      cell: (field) => (
        <>
          <code className="break-all font-mono text-xs">{field.path}</code>
          <span className="sm:hidden">
            <Values field={field} />
          </span>
        </>
      ),
    },
    {
      id: 'types',
      header: t('types'),
      shownFrom: 'tablet',
      className: 'w-36',
      cell: ({ types }) => (
        <span className="text-ink-soft">{types.map((type) => t(`type.${type}`)).join(', ')}</span>
      ),
    },
    {
      id: 'share',
      header: t('share'),
      align: 'end',
      className: 'w-32',
      sortValue: ({ matched }) => matched,
      isLargestFirst: true,
      cell: ({ share, matched }) => (
        <span className="flex items-center justify-end gap-2" title={t('matched', { count: matched })}>
          <ShareBar percent={share * 100} className="w-12 max-sm:hidden" />
          {text.percent(share * 100)}
        </span>
      ),
    },
    { id: 'values', header: t('values'), shownFrom: 'tablet', cell: (field) => <Values field={field} /> },
    {
      id: 'column',
      header: t('column'),
      isHeaderHidden: true,
      align: 'end',
      className: 'w-12',
      cell: ({ path }) => (
        <IconButton
          size="small"
          icon={Columns3}
          label={t('addColumn', { path })}
          onClick={() => onAddColumn(path)}
        />
      ),
    },
  ];
  return (
    <Section
      className="lg:col-span-2"
      title={t('title')}
      description={
        <>
          {t('count', { count: fields.length })}
          {moreFields.isCut && ` ${t('more')}`}
          {moreFields.error > 0 && ` ${t('error', { count: moreFields.error })}`}
          {unreadable > 0 && ` ${t('unreadable', { count: unreadable })}`}
        </>
      }
      actions={
        fields.length >= FILTERED_FROM && (
          <SearchInput label={t('find')} placeholder={t('find')} value={wanted} onValueChange={setWanted} />
        )
      }
    >
      <DataTable
        label={t('title')}
        columns={columns}
        rows={shown}
        rowKey={({ path }) => path}
        maxHeight="28rem"
        empty={<EmptyState title={t('empty')} className="py-6" />}
      />
    </Section>
  );
}

function Values({ field }: { field: Field }) {
  const t = useTranslations('messages.statistics.fields');
  const { isMasked, numbers, examples, areExamplesAll } = field;
  if (isMasked) return <MaskedMark />;
  const isRange = numbers !== null && !areExamplesAll;
  const shown = isRange ? t('range', numbers) : examples.map((example) => example || '""').join(', ');
  return (
    <span
      className="line-clamp-2 break-all font-mono text-ink-soft text-xs"
      title={isRange ? examples.join(', ') : undefined}
    >
      {shown}
      {!isRange && !areExamplesAll && examples.length > 0 && ', …'}
    </span>
  );
}
