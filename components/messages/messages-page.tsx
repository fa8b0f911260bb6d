'use client';

import { SquareTerminal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState, FailureLine } from '../ui/error-state.tsx';
import { PartialNotice } from '../ui/partial-notice.tsx';
import { MessageDetail } from './detail/message-detail.tsx';
import { CommandDialog } from './search/command-dialog.tsx';
import { ReadForm } from './search/read-form.tsx';
import { type Reading, useReading } from './search/use-reading.ts';
import { StreamStatus } from './stream/stream-status.tsx';
import { type MessageStream, useMessageStream } from './stream/use-message-stream.ts';
import { firstSort, type MessageSort, sortMessages } from './table/message-order.ts';
import { MessageTable } from './table/message-table.tsx';

export interface MessagesPageProps {
  cluster: string;
  topic: string;
  /** Null while not known. */
  partitionCount: number | null;
}

/** Bytes of a key or value that a line of the table needs; the detail reads the rest. */
const PREVIEW_BYTES = 1024;

/** Reads a topic's messages, from anywhere, once or live. */
export function MessagesPage({ cluster, topic, partitionCount }: MessagesPageProps) {
  const t = useTranslations('messages');
  const { reading, opened, read, open } = useReading();
  const stream = useMessageStream({ cluster, topic, ...reading, maxBytes: PREVIEW_BYTES });
  const identity = `${reading.from} ${reading.partition} ${reading.follow}`;
  const [chosen, setChosen] = useState<{ sort: MessageSort; identity: string } | null>(null);
  const sort =
    chosen?.identity === identity ? chosen.sort : firstSort(reading.from, reading.follow, reading.partition);
  const { id, order } = sort;
  const [isCommandOpen, setCommandOpen] = useState(false);
  const messages = useMemo(() => sortMessages(stream.messages, { id, order }), [stream.messages, id, order]);
  const isAwaited = messages.length === 0 && (stream.state === 'idle' || stream.state === 'connecting');

  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <ReadForm reading={reading} partitionCount={partitionCount} onRead={read} onAgain={stream.restart} />
        <Button
          tone="quiet"
          icon={SquareTerminal}
          onClick={() => setCommandOpen(true)}
          className="sm:ml-auto"
        >
          {t('command.open')}
        </Button>
      </div>
      <StreamStatus
        stream={stream}
        reading={reading}
        onFollow={() => read({ from: 'latest', follow: true })}
      />
      <PartialNotice problems={stream.end?.problems ?? stream.progress?.problems} />
      {stream.failure && messages.length > 0 && <FailureLine failure={stream.failure} />}
      {stream.failure && messages.length === 0 ? (
        <ErrorState
          failure={stream.failure}
          onRetry={stream.restart}
          actions={
            stream.failure.code === 'invalid_request' && (
              <Button onClick={() => read({ from: 'earliest' })}>{t('fromOldest')}</Button>
            )
          }
        />
      ) : (
        <MessageTable
          messages={isAwaited ? undefined : messages}
          sort={sort}
          onSortChange={(next) => setChosen({ sort: next, identity })}
          opened={opened}
          onOpen={open}
          empty={<NoMessages stream={stream} reading={reading} onRead={read} />}
        />
      )}
      {isCommandOpen && (
        <CommandDialog
          cluster={cluster}
          topic={topic}
          reading={reading}
          messages={messages}
          onClose={() => setCommandOpen(false)}
        />
      )}
      <MessageDetail cluster={cluster} topic={topic} address={opened} messages={messages} onOpen={open} />
    </div>
  );
}

interface NoMessagesProps {
  stream: MessageStream;
  reading: Reading;
  onRead: (change: Partial<Reading>) => void;
}

function NoMessages({ stream, reading, onRead }: NoMessagesProps) {
  const t = useTranslations('messages');
  if (stream.state === 'reading' || stream.state === 'paused') {
    return <EmptyState title={t(reading.follow ? 'emptyFollow' : 'state.reading')} />;
  }
  return (
    <EmptyState
      title={t('emptyTitle')}
      actions={
        reading.from === 'earliest' ? undefined : (
          <Button onClick={() => onRead({ from: 'earliest' })}>{t('fromOldest')}</Button>
        )
      }
    >
      {t('emptyAll')}
    </EmptyState>
  );
}
