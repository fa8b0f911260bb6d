'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { GroupRow } from '../../lib/contract/groups.ts';
import { brokerPath, groupPath } from '../data/paths.ts';
import { useCluster } from '../data/use-cluster.ts';
import { useDebounced } from '../data/use-debounced.ts';
import { usePagedEndpoint } from '../data/use-paged-endpoint.ts';
import { GROUP_STATES, GroupState } from '../kafka/group-state.tsx';
import { Button } from '../ui/button.tsx';
import { PageHeader } from '../ui/card.tsx';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState, FailureLine } from '../ui/error-state.tsx';
import { Count, UnknownValue } from '../ui/format.tsx';
import { SearchInput } from '../ui/input.tsx';
import { PartialNotice } from '../ui/partial-notice.tsx';
import { Select } from '../ui/select.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { useGroupFilters } from './use-group-filters.ts';

const idOf = (row: GroupRow) => row.groupId;

/** Every group of the cluster with its state, members and lag. */
export function GroupsPage() {
  const t = useTranslations('groups');
  const cluster = useCluster();
  const router = useRouter();
  const filters = useGroupFilters();
  const asked = useDebounced(filters.search);
  const list = usePagedEndpoint('listGroups', {
    params: { cluster },
    query: { ...filters.query, search: asked || undefined },
  });
  const columns = useGroupColumns(cluster);
  return (
    <div className="space-y-3">
      <PageHeader title={t('title')} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchInput label={t('filter')} value={filters.search} onValueChange={filters.setSearch} />
        <Select
          label={t('column.state')}
          value={filters.state}
          onValueChange={filters.setState}
          choices={[
            { value: 'all', label: t('anyState') },
            ...GROUP_STATES.map((state) => ({ value: state as string, label: state as string })),
          ]}
          className="min-w-44"
        />
        <p role="status" className="min-h-4 text-xs text-ink-faint">
          {list.total === undefined ? '' : t('count', { total: list.total })}
        </p>
      </div>
      <PartialNotice problems={list.problems} />
      {list.failure && list.rows && <FailureLine failure={list.failure} />}
      {list.failure && !list.rows ? (
        <ErrorState failure={list.failure} onRetry={list.retry} className="py-20" />
      ) : (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={list.rows}
          rowKey={idOf}
          sort={filters.sort}
          onSortChange={filters.setSort}
          onRowOpen={(row) => router.push(groupPath(cluster, row.groupId))}
          total={list.total}
          onEndReached={list.loadMore}
          onVisibleRowsChange={list.setVisibleRows}
          isStale={list.isPrevious}
          virtualFrom={50}
          maxHeight={list.rows && list.rows.length > 50 ? 'max(24rem, calc(100dvh - 13rem))' : undefined}
          empty={
            filters.isFiltered ? (
              <EmptyState
                title={t('noMatchTitle')}
                actions={<Button onClick={filters.clear}>{t('clearFilters')}</Button>}
              />
            ) : (
              <EmptyState title={t('emptyTitle')}>{t('emptyDetail')}</EmptyState>
            )
          }
        />
      )}
    </div>
  );
}

function useGroupColumns(cluster: string): Column<GroupRow>[] {
  const t = useTranslations('groups');
  return useMemo(
    () => [
      {
        id: 'groupId',
        header: t('column.group'),
        isSortable: true,
        cell: (row) => (
          <TextLink href={groupPath(cluster, row.groupId)} className="break-all">
            {row.groupId === '' ? '""' : row.groupId}
          </TextLink>
        ),
      },
      {
        id: 'state',
        header: t('column.state'),
        isSortable: true,
        cell: (row) => <GroupState state={row.state} />,
      },
      { id: 'type', header: t('column.type'), shownFrom: 'desktop', cell: (row) => row.type },
      {
        id: 'memberCount',
        header: t('column.members'),
        align: 'end',
        isSortable: true,
        isLargestFirst: true,
        shownFrom: 'tablet',
        cell: (row) => <Count value={row.memberCount} />,
      },
      {
        id: 'topicCount',
        header: t('column.topics'),
        hint: t('hint.topics'),
        align: 'end',
        shownFrom: 'tablet',
        cell: (row) => <Count value={row.topicCount} />,
      },
      {
        id: 'lag',
        header: t('column.lag'),
        hint: t('hint.lag'),
        align: 'end',
        isSortable: true,
        isLargestFirst: true,
        cell: (row) => <Count value={row.lag} />,
      },
      {
        id: 'coordinator',
        header: t('column.coordinator'),
        hint: t('hint.coordinator'),
        align: 'end',
        shownFrom: 'desktop',
        cell: (row) =>
          row.coordinator === null ? (
            <UnknownValue />
          ) : (
            <TextLink href={brokerPath(cluster, row.coordinator)}>{row.coordinator}</TextLink>
          ),
      },
    ],
    [t, cluster],
  );
}
