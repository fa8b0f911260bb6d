'use client';

import { useTranslations } from 'next-intl';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import type { TopicPartition } from '../../lib/contract/topics.ts';
import { brokerPath, messagesPath } from '../data/paths.ts';
import { ReplicaList } from '../kafka/replica-list.tsx';
import { Button } from '../ui/button.tsx';
import { DataTable } from '../ui/data-table.tsx';
import type { Column } from '../ui/data-table-column.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Bytes, Count } from '../ui/format.tsx';
import { Badge, HealthBadge } from '../ui/health.tsx';
import { Switch } from '../ui/switch.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { useOpenTopic } from './topic-frame.tsx';

function isReassigning(row: TopicPartition): boolean {
  return row.addingReplicas.length > 0 || row.removingReplicas.length > 0;
}

function hasProblem(row: TopicPartition): boolean {
  return row.leader === null || row.isUnderReplicated || !row.isPreferredLeader || isReassigning(row);
}

/** Messages between the log's ends; compaction leaves fewer. */
function spanOf({ logStartOffset, logEndOffset }: TopicPartition): number | null {
  return logStartOffset === null || logEndOffset === null ? null : logEndOffset - logStartOffset;
}

function usePartitionColumns(cluster: string, topic: string): Column<TopicPartition>[] {
  const t = useTranslations('topic.partitions');
  return useMemo(
    () => [
      {
        id: 'partition',
        header: t('partition'),
        align: 'end',
        cell: (row) => (
          <TextLink
            href={messagesPath(cluster, topic, row.partition)}
            aria-label={t('read', { partition: row.partition })}
            title={t('read', { partition: row.partition })}
          >
            {row.partition}
          </TextLink>
        ),
        sortValue: (row) => row.partition,
        className: 'w-20',
      },
      {
        id: 'leader',
        header: t('leader'),
        align: 'end',
        cell: (row) =>
          row.leader === null ? (
            <HealthBadge health="critical">{t('noLeader')}</HealthBadge>
          ) : (
            <TextLink href={brokerPath(cluster, row.leader)}>{row.leader}</TextLink>
          ),
        sortValue: (row) => row.leader,
      },
      {
        id: 'epoch',
        header: t('epoch'),
        hint: t('epochHint'),
        align: 'end',
        cell: (row) => <Count value={row.leaderEpoch} />,
        sortValue: (row) => row.leaderEpoch,
        isLargestFirst: true,
        shownFrom: 'desktop',
      },
      {
        id: 'replicas',
        header: t('replicas'),
        hint: t('legend'),
        cell: (row) => <ReplicaList {...row} />,
      },
      {
        id: 'state',
        header: t('replicated'),
        cell: (row) => <PartitionState row={row} />,
        sortValue: (row) => Number(row.leader === null) * 2 + Number(row.isUnderReplicated),
        isLargestFirst: true,
      },
      {
        id: 'preferred',
        header: t('preferred'),
        cell: (row) =>
          row.isPreferredLeader ? (
            t('isPreferred')
          ) : (
            <HealthBadge health="warning">{t('notPreferred')}</HealthBadge>
          ),
        sortValue: (row) => Number(row.isPreferredLeader),
        shownFrom: 'tablet',
      },
      {
        id: 'start',
        header: t('start'),
        align: 'end',
        cell: (row) => <Count value={row.logStartOffset} />,
        sortValue: (row) => row.logStartOffset,
        isLargestFirst: true,
        shownFrom: 'desktop',
      },
      {
        id: 'end',
        header: t('end'),
        hint: t('endHint'),
        align: 'end',
        cell: (row) => <Count value={row.logEndOffset} />,
        sortValue: (row) => row.logEndOffset,
        isLargestFirst: true,
        shownFrom: 'tablet',
      },
      {
        id: 'messages',
        header: t('messages'),
        align: 'end',
        cell: (row) => <Count value={spanOf(row)} />,
        sortValue: spanOf,
        isLargestFirst: true,
        shownFrom: 'desktop',
      },
      {
        id: 'size',
        header: t('size'),
        align: 'end',
        cell: (row) => <Bytes value={row.sizeBytes} />,
        sortValue: (row) => row.sizeBytes,
        isLargestFirst: true,
        shownFrom: 'tablet',
      },
    ],
    [t, cluster, topic],
  );
}

function PartitionState({ row }: { row: TopicPartition }) {
  const t = useTranslations('topic.partitions');
  return (
    <span className="inline-flex flex-wrap gap-1">
      {row.leader === null && <HealthBadge health="critical">{t('offline')}</HealthBadge>}
      {row.leader !== null && row.isUnderReplicated && (
        <HealthBadge health="warning">{t('underReplicated')}</HealthBadge>
      )}
      {row.leader !== null && !row.isUnderReplicated && t('inSync')}
      {isReassigning(row) && <Badge>{t('reassigning')}</Badge>}
    </span>
  );
}

/** Every partition with its leader, replicas, offsets and size. */
export function TopicPartitions() {
  const t = useTranslations('topic.partitions');
  const { cluster, topic, detail } = useOpenTopic();
  const [onlyProblems, setOnlyProblems] = useQueryState('problems', parseAsBoolean.withDefault(false));
  const columns = usePartitionColumns(cluster, topic);
  const rows = useMemo(
    () => (onlyProblems ? detail?.partitions.filter(hasProblem) : detail?.partitions),
    [detail, onlyProblems],
  );
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <Switch isOn={onlyProblems} onChange={(isOn) => void setOnlyProblems(isOn)}>
          {t('only')}
        </Switch>
        {rows && detail && (
          <p role="status" className="text-xs text-ink-faint">
            {t('count', { shown: rows.length, total: detail.partitions.length })}
          </p>
        )}
      </div>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.partition)}
        initialSort={{ id: 'partition', order: 'asc' }}
        virtualFrom={60}
        maxHeight={rows && rows.length > 60 ? 'max(24rem, calc(100dvh - 19rem))' : undefined}
        empty={
          <EmptyState
            title={t('noProblemTitle')}
            actions={<Button onClick={() => void setOnlyProblems(false)}>{t('showAll')}</Button>}
          />
        }
      />
    </div>
  );
}
