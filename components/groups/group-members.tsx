'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { GroupMember } from '../../lib/contract/groups.ts';
import { partitionRanges } from '../data/partition-ranges.ts';
import { topicPath } from '../data/paths.ts';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Count } from '../ui/format.tsx';
import { TextLink } from '../ui/text-link.tsx';

export interface GroupMembersProps {
  cluster: string;
  /** Undefined until read. */
  members: readonly GroupMember[] | undefined;
}

const partitionCount = (member: GroupMember) =>
  member.assignment.reduce((sum, one) => sum + one.partitions.length, 0);

/** Who is in the group and which partitions each reads. */
export function GroupMembers({ cluster, members }: GroupMembersProps) {
  const t = useTranslations('groups');
  const columns = useMemo<Column<GroupMember>[]>(
    () => [
      {
        id: 'clientId',
        header: t('column.clientId'),
        sortValue: (row) => row.clientId,
        cell: (row) => (
          <span className="break-all">
            {row.clientId}
            {row.groupInstanceId !== null && (
              <span className="block text-xs text-ink-faint">
                {t('staticMember', { id: row.groupInstanceId })}
              </span>
            )}
          </span>
        ),
      },
      { id: 'host', header: t('column.host'), sortValue: (row) => row.host, cell: (row) => row.host },
      {
        id: 'partitionCount',
        header: t('column.partitions'),
        align: 'end',
        isLargestFirst: true,
        sortValue: partitionCount,
        cell: (row) => <Count value={partitionCount(row)} />,
      },
      {
        id: 'assignment',
        header: t('column.assignment'),
        shownFrom: 'tablet',
        cell: (row) => (
          <ul>
            {row.assignment.map(({ topic, partitions }) => (
              <li key={topic}>
                <TextLink href={topicPath(cluster, topic)} className="break-all">
                  {topic}
                </TextLink>{' '}
                {partitionRanges(partitions)}
              </li>
            ))}
          </ul>
        ),
      },
      {
        id: 'memberId',
        header: t('column.memberId'),
        shownFrom: 'desktop',
        sortValue: (row) => row.memberId,
        cell: (row) => <span className="font-mono text-xs break-all text-ink-soft">{row.memberId}</span>,
      },
    ],
    [t, cluster],
  );
  return (
    <DataTable
      label={t('members')}
      columns={columns}
      rows={members}
      rowKey={(row) => row.memberId}
      initialSort={{ id: 'clientId', order: 'asc' }}
      skeletonRows={3}
      empty={<EmptyState title={t('noMembersTitle')}>{t('noMembersDetail')}</EmptyState>}
    />
  );
}
