'use client';

import { ArrowLeftRight, Plus, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { type ReactNode, useRef, useState } from 'react';
import type { TopicRow } from '../../lib/contract/topics.ts';
import { reassignPath, topicPath } from '../data/paths.ts';
import { useCluster } from '../data/use-cluster.ts';
import { useDebounced } from '../data/use-debounced.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { usePagedEndpoint } from '../data/use-paged-endpoint.ts';
import { useSlashKey } from '../data/use-slash-key.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { PageHeader } from '../ui/card.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState, FailureLine } from '../ui/error-state.tsx';
import { SearchInput } from '../ui/input.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { PartialNotice } from '../ui/partial-notice.tsx';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { CreateTopicDialog } from './create-topic-dialog.tsx';
import { type RowDialog, TopicRowDialog } from './topic-row-menu.tsx';
import { useTopicColumns } from './use-topic-columns.tsx';
import { HEALTHS, useTopicFilters } from './use-topic-filters.ts';

const nameOf = (row: TopicRow) => row.name;

/** Every topic of the cluster, filtered and sorted by the server as one types and scrolls. */
export function TopicsPage() {
  const t = useTranslations('topics');
  const cluster = useCluster();
  const router = useRouter();
  const view = useTopicFilters();
  const { search, health, internal } = view;
  const asked = useDebounced(search);
  const list = usePagedEndpoint('listTopics', {
    params: { cluster },
    query: { ...view.query, search: asked || undefined },
  });
  const all = useTopicCount(cluster, internal);
  const [opened, setOpened] = useQueryState('dialog', parseAsStringLiteral(['create'] as const));
  const [dialog, setDialog] = useState<RowDialog | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const columns = useTopicColumns({
    cluster,
    rows: list.rows,
    selected,
    onSelect: setSelected,
    onDialog: setDialog,
  });
  const box = useRef<HTMLInputElement>(null);
  useSlashKey(box);

  return (
    <div className="space-y-3">
      <PageHeader
        title={t('title')}
        actions={
          <Button tone="primary" icon={Plus} onClick={() => void setOpened('create')}>
            {t('actions.create')}
          </Button>
        }
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex w-full max-w-80 items-center gap-2">
          <SearchInput ref={box} label={t('filter')} value={search} onValueChange={view.setSearch} />
          <span aria-hidden className="max-sm:hidden">
            <Kbd>/</Kbd>
          </span>
        </div>
        <Select
          label={t('health.label')}
          value={health}
          onValueChange={view.setHealth}
          choices={HEALTHS.map((value) => ({ value, label: t(`health.${value}`) }))}
          className="min-w-44"
        />
        <Switch isOn={internal} onChange={view.setInternal}>
          {t('showInternal')}
        </Switch>
        <p role="status" className="min-h-4 text-xs text-ink-faint">
          {list.total === undefined
            ? ''
            : view.isFiltered && all !== undefined
              ? t('count', { shown: list.total, total: all })
              : t('countAll', { total: list.total })}
        </p>
      </div>
      <PartialNotice problems={list.problems} />
      {list.failure && list.rows && <FailureLine failure={list.failure} />}
      {selected.size > 0 && (
        <SelectionBar cluster={cluster} selected={selected} onClear={() => setSelected(new Set())} />
      )}
      {list.failure && !list.rows ? (
        <ErrorState failure={list.failure} onRetry={list.retry} className="py-20" />
      ) : (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={list.rows}
          rowKey={nameOf}
          sort={view.sort}
          onSortChange={view.setSort}
          onRowOpen={(row) => router.push(topicPath(cluster, row.name))}
          total={list.total}
          onEndReached={list.loadMore}
          onVisibleRowsChange={list.setVisibleRows}
          isStale={list.isPrevious}
          virtualFrom={50}
          maxHeight={list.rows && list.rows.length > 50 ? 'max(24rem, calc(100dvh - 13rem))' : undefined}
          skeletonRows={12}
          empty={
            <NoTopics
              search={asked}
              isFiltered={view.isFiltered}
              onClear={view.clear}
              create={
                <Button icon={Plus} onClick={() => void setOpened('create')}>
                  {t('actions.create')}
                </Button>
              }
            />
          }
        />
      )}
      {opened === 'create' && <CreateTopicDialog cluster={cluster} onClose={() => void setOpened(null)} />}
      {dialog && <TopicRowDialog cluster={cluster} dialog={dialog} onClose={() => setDialog(null)} />}
    </div>
  );
}

/** All topics there are, filters aside. The shell keeps the overview fresh; this only reads along. */
function useTopicCount(cluster: string, internal: boolean): number | undefined {
  const { data } = useEndpoint('getOverview', { params: { cluster } }, { refetchInterval: false });
  return data && (internal ? data.topicCount : data.topicCount - data.internalTopicCount);
}

interface SelectionBarProps {
  cluster: string;
  selected: ReadonlySet<string>;
  onClear: () => void;
}

/** What can be done to several topics at once; a reassignment is one plan for all of them. */
function SelectionBar({ cluster, selected, onClear }: SelectionBarProps) {
  const t = useTranslations('topics');
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-3 rounded-lg bg-selected px-3 py-1.5 text-[0.8125rem]"
    >
      <span className="font-medium">{t('selected', { count: selected.size })}</span>
      <ButtonLink size="small" icon={ArrowLeftRight} href={reassignPath(cluster, [...selected])}>
        {t('reassignSelected')}
      </ButtonLink>
      <Button size="small" tone="quiet" icon={X} onClick={onClear}>
        {t('clearSelection')}
      </Button>
    </div>
  );
}

interface NoTopicsProps {
  search: string;
  isFiltered: boolean;
  onClear: () => void;
  create: ReactNode;
}

function NoTopics({ search, isFiltered, onClear, create }: NoTopicsProps) {
  const t = useTranslations('topics');
  if (!isFiltered) {
    return (
      <EmptyState title={t('emptyTitle')} actions={create}>
        {t('emptyDetail')}
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t('noMatchTitle')} actions={<Button onClick={onClear}>{t('clearFilters')}</Button>}>
      {search === '' ? t('noMatchHealth') : t('noMatchDetail', { search })}
    </EmptyState>
  );
}
