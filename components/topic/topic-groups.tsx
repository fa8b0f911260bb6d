'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { TopicGroupList } from '../../lib/contract/topics.ts';
import { groupPath } from '../data/paths.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { GroupState } from '../kafka/group-state.tsx';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState, FailureLine } from '../ui/error-state.tsx';
import { Count } from '../ui/format.tsx';
import { PartialNotice } from '../ui/partial-notice.tsx';
import { NameLink } from '../ui/text-link.tsx';
import { useOpenTopic } from './topic-frame.tsx';

type TopicGroup = TopicGroupList['items'][number];

/** The groups that read the topic and how far they are behind. */
export function TopicGroups() {
  const t = useTranslations('topic.groups');
  const { cluster, topic } = useOpenTopic();
  const { data, failure, retry } = useEndpoint(
    'listTopicGroups',
    { params: { cluster, topic } },
    { keepsPrevious: false },
  );
  const columns = useMemo<Column<TopicGroup>[]>(
    () => [
      {
        id: 'group',
        header: t('group'),
        cell: (row) => (
          <NameLink href={groupPath(cluster, row.groupId)} name={row.groupId === '' ? '""' : row.groupId} />
        ),
        sortValue: (row) => row.groupId,
      },
      {
        id: 'state',
        header: t('state'),
        cell: (row) => <GroupState state={row.state} />,
        sortValue: (row) => row.state,
      },
      {
        id: 'members',
        header: t('members'),
        align: 'end',
        cell: (row) => <Count value={row.memberCount} />,
        sortValue: (row) => row.memberCount,
        isLargestFirst: true,
        shownFrom: 'tablet',
      },
      {
        id: 'partitions',
        header: t('partitions'),
        hint: t('partitionsHint'),
        align: 'end',
        cell: (row) => <Count value={row.partitionCount} />,
        sortValue: (row) => row.partitionCount,
        isLargestFirst: true,
        shownFrom: 'tablet',
      },
      {
        id: 'lag',
        header: t('lag'),
        hint: t('lagHint'),
        align: 'end',
        cell: (row) => <Count value={row.lag} />,
        sortValue: (row) => row.lag,
        isLargestFirst: true,
      },
    ],
    [t, cluster],
  );
  if (failure && !data) return <ErrorState failure={failure} onRetry={retry} />;
  return (
    <div className="space-y-3">
      <PartialNotice problems={data?.problems} />
      {failure && <FailureLine failure={failure} />}
      <DataTable
        label={t('title')}
        columns={columns}
        rows={data?.items}
        rowKey={(row) => row.groupId}
        initialSort={{ id: 'lag', order: 'desc' }}
        skeletonRows={4}
        empty={<EmptyState title={t('emptyTitle')}>{t('emptyDetail')}</EmptyState>}
      />
    </div>
  );
}
