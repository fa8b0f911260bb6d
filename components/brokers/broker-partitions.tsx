'use client';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { BrokerPartitionPage } from '../../lib/contract/brokers.ts';
import type { PartialProblem } from '../../lib/contract/problem.ts';
import { topicPath } from '../data/paths.ts';
import { useDebounced } from '../data/use-debounced.ts';
import { usePagedEndpoint } from '../data/use-paged-endpoint.ts';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState, FailureLine } from '../ui/error-state.tsx';
import { Bytes, Count } from '../ui/format.tsx';
import { Badge, HealthBadge } from '../ui/health.tsx';
import { SearchInput } from '../ui/input.tsx';
import { PartialNotice } from '../ui/partial-notice.tsx';
import { NameLink } from '../ui/text-link.tsx';

type HeldPartition = BrokerPartitionPage['items'][number];

export interface BrokerPartitionsProps {
  cluster: string;
  broker: number;
  /** What the page says already above. */
  told: readonly PartialProblem[] | undefined;
}

/** The replicas that a broker holds, loaded as far as one scrolls. */
export function BrokerPartitions({ cluster, broker, told }: BrokerPartitionsProps) {
  const t = useTranslations('brokers.partitions');
  const [search, setSearch] = useState('');
  const asked = useDebounced(search);
  const list = usePagedEndpoint('listBrokerPartitions', {
    params: { cluster, broker },
    query: { search: asked || undefined },
  });
  const columns = usePartitionColumns(cluster);
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchInput
          label={t('filter')}
          value={search}
          onValueChange={(text) => setSearch(text.slice(0, 249))}
        />
        <p role="status" className="min-h-4 text-xs text-ink-faint">
          {list.total === undefined ? '' : t('count', { total: list.total })}
        </p>
      </div>
      <PartialNotice problems={told && list.problems?.filter((one) => !told.some(isSameAs(one)))} />
      {list.failure && list.rows && <FailureLine failure={list.failure} />}
      {list.failure && !list.rows ? (
        <ErrorState failure={list.failure} onRetry={list.retry} />
      ) : (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={list.rows}
          rowKey={(row) => `${row.topic} ${row.partition}`}
          total={list.total}
          onEndReached={list.loadMore}
          onVisibleRowsChange={list.setVisibleRows}
          isStale={list.isPrevious}
          virtualFrom={25}
          empty={<EmptyState title={asked === '' ? t('none') : t('noMatch')} />}
        />
      )}
    </div>
  );
}

const isSameAs = (one: PartialProblem) => (other: PartialProblem) =>
  one.subject === other.subject && one.detail === other.detail;

function usePartitionColumns(cluster: string): Column<HeldPartition>[] {
  const t = useTranslations('brokers.partitions');
  return useMemo(
    () => [
      {
        id: 'topic',
        header: t('topic'),
        cell: (row) => <NameLink href={topicPath(cluster, row.topic)} name={row.topic} />,
      },
      { id: 'partition', header: t('partition'), align: 'end', cell: (row) => row.partition },
      {
        id: 'role',
        header: t('role'),
        cell: (row) => (
          <span className="flex flex-wrap gap-1">
            <Badge>{row.isLeader ? t('leader') : t('follower')}</Badge>
            {row.isPreferredLeader && !row.isLeader && <Badge>{t('preferredLeader')}</Badge>}
          </span>
        ),
      },
      {
        id: 'sync',
        header: t('sync'),
        cell: (row) =>
          row.isInSync ? t('inSync') : <HealthBadge health="warning">{t('notInSync')}</HealthBadge>,
      },
      {
        id: 'lag',
        header: t('lag'),
        hint: t('lagHint'),
        align: 'end',
        shownFrom: 'tablet',
        cell: (row) => <Count value={row.offsetLag} />,
      },
      {
        id: 'size',
        header: t('size'),
        align: 'end',
        shownFrom: 'tablet',
        cell: (row) => <Bytes value={row.sizeBytes} />,
      },
    ],
    [t, cluster],
  );
}
