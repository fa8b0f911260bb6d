'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import type { Message, Payload } from '../../../lib/contract/messages.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table-column.ts';
import { Bytes } from '../../ui/format.tsx';
import { Badge } from '../../ui/health.tsx';
import { formatAddress, type MessageAddress } from '../message-address.ts';
import { MessageTime } from '../message-time.tsx';
import { payloadPreview } from '../payload-bytes.ts';
import { type MessageSort, type MessageSortId, messageSize } from './message-order.ts';

export interface MessageTableProps {
  /** In the order shown; undefined while the first are awaited. */
  messages: readonly Message[] | undefined;
  sort: MessageSort;
  onSortChange: (sort: MessageSort) => void;
  opened: MessageAddress | null;
  onOpen: (address: MessageAddress) => void;
  empty: ReactNode;
}

/** Messages one a line; Enter or a click opens one. */
export function MessageTable({ messages, sort, onSortChange, opened, onOpen, empty }: MessageTableProps) {
  const t = useTranslations('messages');
  const columns = useMemo<Column<Message>[]>(
    () => [
      {
        id: 'partition',
        header: t('columns.partition'),
        align: 'end',
        isSortable: true,
        cell: (message) => message.partition,
        className: 'w-20',
      },
      {
        id: 'offset',
        header: t('columns.offset'),
        align: 'end',
        isSortable: true,
        isLargestFirst: true,
        cell: (message) => message.offset,
        className: 'w-24',
      },
      {
        id: 'time',
        header: t('columns.time'),
        isSortable: true,
        isLargestFirst: true,
        cell: (message) => <MessageTime value={message.timestamp} />,
        shownFrom: 'tablet',
        className: 'w-40 text-ink-soft',
      },
      {
        id: 'key',
        header: t('columns.key'),
        cell: (message) => <Preview payload={message.key} nothing={t('nullKey')} />,
        shownFrom: 'tablet',
        className: 'w-40 max-w-40',
      },
      {
        id: 'value',
        header: t('columns.value'),
        cell: (message) =>
          message.value === null ? (
            <Badge title={t('tombstoneHint')}>{t('tombstone')}</Badge>
          ) : (
            <Preview payload={message.value} nothing={t('tombstone')} />
          ),
        className: 'w-full max-w-0 min-w-40',
      },
      {
        id: 'headers',
        header: t('columns.headers'),
        align: 'end',
        cell: (message) => message.headers.length || <span className="text-ink-faint">0</span>,
        shownFrom: 'desktop',
        className: 'w-16',
      },
      {
        id: 'size',
        header: t('columns.size'),
        align: 'end',
        isSortable: true,
        isLargestFirst: true,
        cell: (message) => <Bytes value={messageSize(message)} />,
        shownFrom: 'desktop',
        className: 'w-20',
      },
    ],
    [t],
  );
  const openedKey = opened && formatAddress(opened);
  return (
    <DataTable
      label={t('table')}
      columns={columns}
      rows={messages}
      rowKey={formatAddress}
      sort={sort}
      onSortChange={({ id, order }) => onSortChange({ id: id as MessageSortId, order })}
      onRowOpen={({ partition, offset }) => onOpen({ partition, offset })}
      rowClassName={(message) => (formatAddress(message) === openedKey ? 'bg-selected' : undefined)}
      virtualFrom={60}
      maxHeight="max(24rem, calc(100dvh - 22rem))"
      skeletonRows={10}
      empty={empty}
    />
  );
}

function Preview({ payload, nothing }: { payload: Payload | null; nothing: string }) {
  const t = useTranslations('messages');
  if (payload === null) return <span className="text-ink-faint italic">{nothing}</span>;
  if (payload.size === 0) return <span className="text-ink-faint italic">{t('emptyPayload')}</span>;
  return (
    <span className="flex items-center gap-1.5">
      {payload.encoding === 'base64' && <Badge>{t('binary')}</Badge>}
      <span className="min-w-0 truncate font-mono text-xs">{payloadPreview(payload)}</span>
    </span>
  );
}
