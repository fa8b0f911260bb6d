'use client';

import { RefreshCw, Search, SlidersHorizontal } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, type Ref, useState } from 'react';
import type { Failure } from '../../../lib/contract/failure.ts';
import type { SeenField } from '../../../lib/contract/serdes.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ActiveTests, activeTests } from './active-tests.tsx';
import { PartitionChoice } from './partition-choice.tsx';
import { localTime, type StartPosition } from './position.ts';
import { PositionInput } from './position-input.tsx';
import type { Reading } from './reading.ts';
import { SearchBox } from './search-box.tsx';
import { useDraft } from './use-draft.ts';

/** Brings the editor of expressions along, so it comes when it is first opened. */
const FilterPanel = dynamic(() => import('../filter/filter-panel.tsx').then((module) => module.FilterPanel), {
  ssr: false,
  loading: () => <Skeleton className="h-64 w-full rounded-lg" />,
});

export interface SearchFormProps {
  reading: Reading;
  /** What conditions can be about. */
  fields: readonly SeenField[];
  isSeveral: boolean;
  /** Null where partitions cannot be chosen; undefined while not known. */
  partitionCount: number | null | undefined;
  /** Why the reading was refused: the fields it names are marked. */
  failure: Failure | null;
  onRead: (reading: Reading) => void;
  /** Reads the same again. */
  onAgain: () => void;
  boxRef: Ref<HTMLInputElement>;
  /** Before everything: which topics, where there are several. */
  before?: ReactNode;
  /** After the filters: remembered searches. */
  searches?: ReactNode;
}

const STARTS = ['latest', 'earliest', 'offset', 'timestamp'] as const;

/** Which messages, in one line; everything else that can be asked opens below. Choices act at once, what is typed on Enter. */
export function SearchForm(props: SearchFormProps) {
  const { reading, partitionCount, failure, onRead, onAgain } = props;
  const t = useTranslations('messages.search');
  const [isOpen, setOpen] = useState(false);
  const editing = useDraft(reading, onRead, onAgain);
  const { draft, edit, run, problems } = editing;
  const tests = activeTests(reading);

  function choose(kind: StartPosition['kind']) {
    const { start } = draft;
    const time = kind === 'timestamp' && start.time === '' ? localTime(hourAgo()) : start.time;
    const change = { start: { ...start, kind, time } };
    if (kind === 'latest' || kind === 'earliest') run(change);
    else edit(change);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    run();
  }

  const isTyped = draft.start.kind === 'offset' || draft.start.kind === 'timestamp';
  const asksForWords = [draft.text, draft.key, draft.header, draft.filter].some((words) => words !== '');
  const word = asksForWords ? 'submit' : isTyped ? 'read' : 'again';
  return (
    <search className="block space-y-2">
      <form aria-label={t('label')} onSubmit={submit} className="space-y-2">
        {props.before}
        <div className="flex flex-wrap items-start gap-2">
          <SearchBox editing={editing} ref={props.boxRef} />
          <Segmented
            label={t('start')}
            value={draft.start.kind}
            onValueChange={choose}
            choices={[...STARTS, ...(draft.start.kind === 'offsets' ? (['offsets'] as const) : [])].map(
              (value) => ({ value, label: t(`starts.${value}`) }),
            )}
          />
          <PositionInput
            name="start"
            position={draft.start}
            problem={problems.start}
            onChange={(start) => edit({ start })}
            onChoose={(start) => run({ start })}
          />
          {partitionCount !== null && (
            <PartitionChoice
              partitions={draft.partitions}
              partitionCount={partitionCount ?? null}
              onChange={(partitions) => edit({ partitions })}
              onClose={() => {
                if (editing.isChanged) run();
              }}
            />
          )}
          <Button
            icon={SlidersHorizontal}
            aria-expanded={isOpen}
            aria-controls="message-filters"
            onClick={() => setOpen(!isOpen)}
            className={isOpen ? 'bg-selected' : undefined}
          >
            {t('filters')}
            {tests.length > 0 && (
              <span className="rounded-sm bg-inverse px-1 text-2xs text-on-inverse">{tests.length}</span>
            )}
          </Button>
          {props.searches}
          <Button
            type="submit"
            tone={editing.isChanged ? 'primary' : 'plain'}
            icon={word === 'submit' ? Search : RefreshCw}
            className="min-w-28"
          >
            {t(word)}
          </Button>
        </div>
        <div id="message-filters">
          {isOpen && (
            <FilterPanel
              editing={editing}
              fields={props.fields}
              isSeveral={props.isSeveral}
              failure={failure}
            />
          )}
        </div>
      </form>
      {!isOpen && <ActiveTests tests={tests} onRemove={(change) => onRead({ ...reading, ...change })} />}
    </search>
  );
}

function hourAgo(): number {
  return Math.floor(Date.now() / 1000 - 3600) * 1000;
}
