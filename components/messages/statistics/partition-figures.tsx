'use client';

import { useTranslations } from 'next-intl';
import type { MessageStatistics } from '../../../lib/contract/statistics.ts';
import { ShareBar } from '../../charts/share-bar.tsx';
import { Section } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table-column.ts';
import { Bytes, useNumberText } from '../../ui/format.tsx';
import { MessageTime } from '../message-time.tsx';
import type { FigureProps } from './figure-props.ts';
import { ValueButton } from './marks.tsx';

type Partition = MessageStatistics['partitions'][number];

/** How the messages are spread over partitions. */
export function PartitionFigures({ statistics, isSeveral, onRead }: FigureProps) {
  const t = useTranslations('messages.statistics.partitions');
  const text = useNumberText();
  const { partitions, morePartitions, matched } = statistics;
  const empty = partitions.filter((partition) => partition.matched === 0).length;
  const columns: Column<Partition>[] = [
    {
      id: 'partition',
      header: t('partition'),
      sortValue: ({ topic, partition }) => (isSeveral ? `${topic}-${partition}` : partition),
      cell: ({ topic, partition }) => (
        <ValueButton
          label={t('read')}
          text={isSeveral ? `${topic}-${partition}` : String(partition)}
          onChoose={isSeveral ? undefined : () => onRead({ partitions: [partition] })}
        />
      ),
    },
    {
      id: 'matched',
      header: t('messages'),
      align: 'end',
      sortValue: (partition) => partition.matched,
      isLargestFirst: true,
      cell: (partition) => (
        <span className="flex items-center justify-end gap-2">
          <ShareBar
            percent={(partition.matched / Math.max(1, matched)) * 100}
            className="w-14 max-sm:hidden"
          />
          {text.compact(partition.matched)}
        </span>
      ),
    },
    {
      id: 'bytes',
      header: t('bytes'),
      align: 'end',
      shownFrom: 'tablet',
      sortValue: ({ bytes }) => bytes,
      isLargestFirst: true,
      cell: ({ bytes }) => <Bytes value={bytes} />,
    },
    {
      id: 'last',
      header: t('last'),
      align: 'end',
      sortValue: ({ last }) => last?.timestamp ?? null,
      isLargestFirst: true,
      cell: ({ last }) => (last ? <MessageTime value={last.timestamp} /> : null),
    },
  ];
  return (
    <Section
      title={t('title')}
      description={
        <>
          {t('count', { count: partitions.length + morePartitions })}
          {empty > 0 && ` ${t('empty', { count: empty })}`}
          {morePartitions > 0 && ` ${t('more', { count: morePartitions })}`}
        </>
      }
    >
      <DataTable
        label={t('title')}
        columns={columns}
        rows={partitions}
        rowKey={({ topic, partition }) => `${topic}-${partition}`}
        maxHeight="20rem"
      />
    </Section>
  );
}
