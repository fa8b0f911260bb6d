'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { Message } from '../../lib/contract/messages.ts';
import type { SeenField } from '../../lib/contract/serdes.ts';
import { useSlashKey } from '../data/use-slash-key.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState, FailureLine } from '../ui/error-state.tsx';
import { PartialNotice } from '../ui/partial-notice.tsx';
import { Switch } from '../ui/switch.tsx';
import { MessageDetail } from './detail/message-detail.tsx';
import { useTopicFields } from './fields/use-topic-fields.ts';
import { SearchesMenu } from './saved/searches-menu.tsx';
import { useRecentSearches } from './saved/use-recent-searches.ts';
import { isSearch, type Reading } from './search/reading.ts';
import { SearchForm } from './search/search-form.tsx';
import { addressOf, type useReading } from './search/use-reading.ts';
import { useStopKey } from './search/use-stop-key.ts';
import { ShowButtons } from './statistics/show-buttons.tsx';
import { StatisticsView } from './statistics/statistics-view.tsx';
import { isOpen, StreamStatus } from './stream/stream-status.tsx';
import { type MessageStream, useMessageStream } from './stream/use-message-stream.ts';
import { ColumnPicker } from './table/column-picker.tsx';
import { columnsOf } from './table/columns.ts';
import { firstSort, type MessageSort, sortMessages } from './table/message-order.ts';
import { MessageTable } from './table/message-table.tsx';
import { SelectionBar } from './table/selection-bar.tsx';
import { SerdeChip } from './table/serde-chip.tsx';
import { useMessageColumns } from './table/use-message-columns.tsx';

/** Where a page hangs what else can be done with its messages. */
export interface MessageSlots {
  /** In the bar above the table: about everything that is shown. */
  toolbar?: (shown: { reading: Reading; messages: readonly Message[] }) => ReactNode;
  /** In the bar that comes when messages are ticked. */
  selection?: (selected: readonly Message[]) => ReactNode;
  /** At the foot of the pane of one message. */
  detail?: (message: Message) => ReactNode;
}

export interface MessageViewProps {
  cluster: string;
  topics: readonly string[];
  /** Messages are of several topics, and tell which. */
  isSeveral: boolean;
  address: ReturnType<typeof useReading>;
  /** Undefined while not known, null where partitions cannot be chosen. */
  partitionCount: number | null | undefined;
  /** Above the form's line. */
  before?: ReactNode;
  /** Instead of the table, while there is nothing to read. */
  instead?: ReactNode;
  slots?: MessageSlots;
}

/** Bytes of a key or value that a line of the table is given at most; the detail reads the rest. */
const PREVIEW_BYTES = 16 * 1024;
/** Bytes of all lines together. */
const PREVIEWS_BYTES = 64 * 1024 * 1024;

/** The form, where the reading stands, the table, and the pane of one message. */
export function MessageView(props: MessageViewProps) {
  const { cluster, topics, isSeveral, address, slots } = props;
  const t = useTranslations('messages');
  const { reading, opened, read, open, setColumns } = address;
  const maxBytes = Math.min(PREVIEW_BYTES, Math.floor(PREVIEWS_BYTES / reading.limit));
  const stream = useMessageStream({ cluster, topics, isSeveral, reading, maxBytes });
  const [sort, setSort] = useSort(reading);
  const messages = useMemo(() => sortMessages(stream.messages, sort), [stream.messages, sort]);
  const shownColumns = useMemo(() => columnsOf(address.columns, isSeveral), [address.columns, isSeveral]);
  const { fields, serdes } = useTopicFields(cluster, topics, isSeveral, stream.messages);
  const { restart } = stream;
  const headExtra = useMemo(() => {
    if (!serdes) return undefined;
    const shared = { cluster, topic: topics[0] as string, serdes, onChange: restart };
    return { key: <SerdeChip part="key" {...shared} />, value: <SerdeChip part="value" {...shared} /> };
  }, [serdes, cluster, topics, restart]);
  const numbers = useMemo(() => new Set(fields.filter(isNumber).map(({ path }) => path)), [fields]);
  const columns = useMessageColumns({
    columns: shownColumns,
    onColumnsChange: setColumns,
    reading,
    numbers,
    headExtra,
  });
  const [selected, setSelected] = useSelection(stream);
  const query = addressOf(reading, address.columns);
  const { recent, clear } = useRecentSearches(
    cluster,
    isSeveral ? null : (topics[0] ?? ''),
    query,
    isSearch(reading),
  );
  const box = useRef<HTMLInputElement>(null);
  useSlashKey(box);
  useStopKey(isOpen(stream), stream.stop);
  const isAwaited = messages.length === 0 && (stream.state === 'idle' || stream.state === 'connecting');

  return (
    <div className="space-y-3">
      <SearchForm
        reading={reading}
        fields={fields}
        isSeveral={isSeveral}
        partitionCount={props.partitionCount}
        failure={stream.failure}
        onRead={read}
        onAgain={stream.restart}
        boxRef={box}
        before={props.before}
        searches={
          <SearchesMenu
            cluster={cluster}
            topic={isSeveral ? null : (topics[0] ?? '')}
            query={query}
            recent={recent}
            onClearRecent={clear}
            onOpen={address.readAddress}
          />
        }
      />
      {props.instead ?? (
        <>
          <StreamStatus stream={stream} reading={reading}>
            <Switch
              isOn={reading.follow}
              onChange={(follow) => read({ follow, ...(follow && { until: '', order: null }) })}
              className="mr-2"
            >
              <span title={t('followHint')}>{t('follow')}</span>
            </Switch>
            <ColumnPicker
              columns={shownColumns}
              fields={fields}
              isSeveral={isSeveral}
              onChange={setColumns}
            />
            <ShowButtons show={address.show} onShow={address.setShow} />
            {slots?.toolbar?.({ reading, messages })}
          </StreamStatus>
          <PartialNotice problems={stream.end?.problems ?? stream.progress?.problems} />
          {stream.failure && messages.length > 0 && <FailureLine failure={stream.failure} />}
          {address.show && topics.length > 0 && (
            <StatisticsView
              cluster={cluster}
              topics={topics}
              isSeveral={isSeveral}
              reading={reading}
              shown={address.show}
              onRead={read}
              onOpen={open}
              onAddColumn={(path) => setColumns([...shownColumns.filter((each) => each !== path), path])}
            />
          )}
          <SelectionBar
            selected={[...selected.values()]}
            onClear={() => setSelected(new Map())}
            actions={selected.size > 0 && slots?.selection?.([...selected.values()])}
          />
          {stream.failure && messages.length === 0 ? (
            <ErrorState
              failure={stream.failure}
              onRetry={stream.restart}
              actions={
                stream.failure.code === 'invalid_request' &&
                reading.from !== 'earliest' && (
                  <Button onClick={() => read({ from: 'earliest' })}>{t('fromOldest')}</Button>
                )
              }
            />
          ) : (
            <MessageTable
              messages={isAwaited ? undefined : messages}
              columns={columns}
              sort={sort}
              onSortChange={setSort}
              opened={opened}
              onOpen={open}
              selected={selected}
              onSelect={setSelected}
              empty={<NoMessages stream={stream} reading={reading} onRead={read} />}
            />
          )}
        </>
      )}
      <MessageDetail
        cluster={cluster}
        topic={opened?.topic ?? topics[0] ?? ''}
        address={opened}
        messages={messages}
        reading={reading}
        onOpen={open}
        actions={slots?.detail}
      />
    </div>
  );
}

function isNumber({ types }: SeenField): boolean {
  return types.includes('number') && types.every((type) => type === 'number' || type === 'null');
}

/** The order chosen for this reading, or the one that suits it; another reading begins anew. */
function useSort(reading: Reading) {
  const first = firstSort(reading);
  const identity = `${first.id} ${first.order} ${reading.from} ${reading.partitions}`;
  const [chosen, setChosen] = useState<{ sort: MessageSort; identity: string } | null>(null);
  const { id, order } = chosen?.identity === identity ? chosen.sort : first;
  const sort = useMemo(() => ({ id, order }), [id, order]);
  const setSort = useCallback((next: MessageSort) => setChosen({ sort: next, identity }), [identity]);
  return [sort, setSort] as const;
}

/** Messages that are ticked; none any more when others are read. */
function useSelection({ restart }: MessageStream) {
  const [state, setState] = useState({ selected: new Map() as ReadonlyMap<string, Message>, of: restart });
  const selected = useMemo(() => (state.of === restart ? state.selected : new Map()), [state, restart]);
  const select = useCallback(
    (next: ReadonlyMap<string, Message>) => setState({ selected: next, of: restart }),
    [restart],
  );
  return [selected, select] as const;
}

interface NoMessagesProps {
  stream: MessageStream;
  reading: Reading;
  onRead: (change: Partial<Reading>) => void;
}

function NoMessages({ stream, reading, onRead }: NoMessagesProps) {
  const t = useTranslations('messages');
  if (stream.state === 'reading' || stream.state === 'paused') {
    const isFiltered = isSearch(reading);
    return (
      <EmptyState title={t(reading.follow ? 'emptyFollow' : isFiltered ? 'emptyReading' : 'state.reading')} />
    );
  }
  const isFiltered = isSearch(reading);
  return (
    <EmptyState
      title={t(isFiltered ? 'emptyFound' : 'emptyTitle')}
      actions={
        reading.from === 'earliest' || (isFiltered && reading.from === 'latest') ? undefined : (
          <Button onClick={() => onRead({ from: 'earliest' })}>{t('fromOldest')}</Button>
        )
      }
    >
      {t(isFiltered ? 'emptyFoundDetail' : 'emptyAll', { count: stream.totals.scanned })}
    </EmptyState>
  );
}
