'use client';

import { Bookmark, BookmarkPlus, History, Trash2 } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../data/use-action.ts';
import { useEndpoint } from '../../data/use-endpoint.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { FailureLine } from '../../ui/error-state.tsx';
import { Popover } from '../../ui/popover.tsx';
import { useNow } from '../../ui/use-now.ts';
import type { RecentSearch } from './recent-searches.ts';
import { SaveSearchDialog } from './save-search-dialog.tsx';
import { searchSummary } from './search-summary.ts';

export interface SearchesMenuProps {
  cluster: string;
  /** Null: of several topics. */
  topic: string | null;
  /** What stands after `?` now. */
  query: string;
  recent: readonly RecentSearch[];
  onClearRecent: () => void;
  onOpen: (query: string) => void;
}

/** Searches that have a name, for everybody, and those that were run on this browser. */
export function SearchesMenu(props: SearchesMenuProps) {
  const { cluster, topic, query, recent, onClearRecent, onOpen } = props;
  const t = useTranslations('messages.saved');
  const [isOpen, setOpen] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const go = (to: string) => {
    setOpen(false);
    onOpen(to);
  };
  return (
    <>
      <Popover
        label={t('title')}
        isOpen={isOpen}
        onOpenChange={setOpen}
        trigger={<IconButton icon={Bookmark} label={t('title')} tone="plain" />}
        className="w-96 p-2"
      >
        <div className="flex justify-end">
          <Button
            size="small"
            icon={BookmarkPlus}
            disabled={query === ''}
            onClick={() => {
              setOpen(false);
              setSaving(true);
            }}
          >
            {t('save')}
          </Button>
        </div>
        <SavedList cluster={cluster} topic={topic} onOpen={go} />
        <Heading
          extra={
            recent.length > 0 && (
              <Button size="small" tone="quiet" onClick={onClearRecent}>
                {t('clearRecent')}
              </Button>
            )
          }
        >
          {t('recent')}
        </Heading>
        <RecentList recent={recent} onOpen={go} />
      </Popover>
      {isSaving && (
        <SaveSearchDialog cluster={cluster} topic={topic} query={query} onClose={() => setSaving(false)} />
      )}
    </>
  );
}

function SavedList({ cluster, topic, onOpen }: Pick<SearchesMenuProps, 'cluster' | 'topic' | 'onOpen'>) {
  const t = useTranslations('messages.saved');
  const { data, failure } = useEndpoint(
    'listSavedSearches',
    { params: { cluster } },
    { refetchInterval: false },
  );
  const remove = useAction('deleteSavedSearch', { done: t('removed') });
  const saved = data?.items.filter((each) => each.topic === topic) ?? [];
  return (
    <>
      <Heading>{t('saved')}</Heading>
      {failure && <FailureLine failure={failure} />}
      {data && saved.length === 0 && <Nothing>{t('noSaved')}</Nothing>}
      <ul>
        {saved.map(({ id, name, query }) => (
          <li key={id} className="flex items-center">
            <Line icon={<Bookmark aria-hidden className="size-3.5" />} onClick={() => onOpen(query)}>
              <span className="min-w-0 truncate font-medium" title={searchSummary(query)}>
                {name}
              </span>
            </Line>
            <IconButton
              size="small"
              icon={Trash2}
              label={t('remove', { name })}
              disabled={remove.isBusy}
              onClick={() => void remove.run({ params: { cluster, search: id } })}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function RecentList({ recent, onOpen }: Pick<SearchesMenuProps, 'recent' | 'onOpen'>) {
  const t = useTranslations('messages.saved');
  const format = useFormatter();
  const now = useNow();
  if (recent.length === 0) return <Nothing>{t('noRecent')}</Nothing>;
  return (
    <ul>
      {recent.map(({ query, at }) => (
        <li key={query}>
          <Line icon={<History aria-hidden className="size-3.5" />} onClick={() => onOpen(query)}>
            <span className="min-w-0 truncate" title={searchSummary(query)}>
              {searchSummary(query)}
            </span>
            <span className="ml-auto shrink-0 text-2xs text-ink-faint">
              {format.relativeTime(new Date(at), now)}
            </span>
          </Line>
        </li>
      ))}
    </ul>
  );
}

function Heading({ children, extra }: { children: ReactNode; extra?: ReactNode }) {
  return (
    <div className="mt-2 flex min-h-7 items-center justify-between px-2">
      <h3 className="text-ink-faint text-xs">{children}</h3>
      {extra}
    </div>
  );
}

function Nothing({ children }: { children: ReactNode }) {
  return <p className="px-2 pb-1 text-[0.8125rem] text-ink-soft">{children}</p>;
}

function Line({ icon, onClick, children }: { icon: ReactNode; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex min-h-8 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left text-[0.8125rem] hover:bg-hover"
    >
      <span className="shrink-0 text-ink-faint">{icon}</span>
      {children}
    </button>
  );
}
