'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import type { Message } from '../../../lib/contract/messages.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table-column.ts';
import { formatAddress, type MessageAddress } from '../message-address.ts';
import type { MessageSort } from './message-order.ts';

export interface MessageTableProps {
  /** In the order shown; undefined while the first are awaited. */
  messages: readonly Message[] | undefined;
  columns: readonly Column<Message>[];
  sort: MessageSort;
  onSortChange: (sort: MessageSort) => void;
  opened: MessageAddress | null;
  onOpen: (address: MessageAddress) => void;
  /** By address. */
  selected: ReadonlyMap<string, Message>;
  onSelect: (selected: ReadonlyMap<string, Message>) => void;
  empty: ReactNode;
}

/** Messages one a line; Enter or a click opens one. */
export function MessageTable(props: MessageTableProps) {
  const { messages, columns, sort, onSortChange, opened, onOpen, selected, onSelect, empty } = props;
  const t = useTranslations('messages');
  const select = useMemo((): Column<Message> => {
    const isAll = messages !== undefined && messages.length > 0 && selected.size >= messages.length;
    return {
      id: 'select',
      header: t('select.column'),
      isHeaderHidden: true,
      headExtra: (
        <Checkbox
          label={t('select.all')}
          isChecked={isAll}
          isMixed={selected.size > 0 && !isAll}
          isDisabled={!messages || messages.length === 0}
          onCheckedChange={(isChecked) =>
            onSelect(new Map(isChecked ? messages?.map((message) => [formatAddress(message), message]) : []))
          }
        />
      ),
      cell: (message) => {
        const address = formatAddress(message);
        return (
          <Checkbox
            label={t('select.one', { message: address })}
            isChecked={selected.has(address)}
            onCheckedChange={(isChecked) => {
              const next = new Map(selected);
              if (isChecked) next.set(address, message);
              else next.delete(address);
              onSelect(next);
            }}
          />
        );
      },
      shownFrom: 'tablet',
      className: 'w-9 pr-0',
    };
  }, [t, messages, selected, onSelect]);
  const shown = useMemo(() => [select, ...columns], [select, columns]);
  const openedKey = opened && formatAddress(opened);
  return (
    <DataTable
      label={t('table')}
      columns={shown}
      rows={messages}
      rowKey={formatAddress}
      sort={sort}
      onSortChange={onSortChange}
      onRowOpen={({ topic, partition, offset }) => onOpen({ topic, partition, offset })}
      rowClassName={(message) => (formatAddress(message) === openedKey ? 'bg-selected' : undefined)}
      shownRow={openedKey ?? undefined}
      virtualFrom={60}
      maxHeight="max(24rem, calc(100dvh - 20rem))"
      skeletonRows={10}
      empty={empty}
    />
  );
}
