'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import type { Message } from '../../../lib/contract/messages.ts';
import { cn } from '../../ui/class-names.ts';
import type { Column } from '../../ui/data-table-column.ts';
import { Bytes } from '../../ui/format.tsx';
import { shortFieldName } from '../fields/field-path.ts';
import { MessageTime } from '../message-time.tsx';
import type { Reading } from '../search/reading.ts';
import { FieldCell, HeadersCell, PayloadCell } from './cells.tsx';
import { type FixedColumn, isFixed } from './columns.ts';
import { FieldHeadMenu } from './field-head-menu.tsx';
import { type FindMatches, findMatchesIn } from './matches.ts';
import { MessageMarks } from './message-marks.tsx';
import { messageSize } from './message-order.ts';

export interface MessageColumnsOptions {
  columns: readonly string[];
  onColumnsChange: (columns: string[]) => void;
  /** What is searched for, to mark it. */
  reading: Reading;
  /** Paths of fields that are numbers. */
  numbers: ReadonlySet<string>;
  /** Beside the heads of key and value. */
  headExtra?: Partial<Record<'key' | 'value', ReactNode>>;
}

interface CellContext {
  t: ReturnType<typeof useTranslations<'messages'>>;
  find: Record<'key' | 'value' | 'headers', FindMatches | null>;
}

/** The columns of a table of messages, in the order they were asked for. */
export function useMessageColumns(options: MessageColumnsOptions): Column<Message>[] {
  const { columns, onColumnsChange, reading, numbers, headExtra } = options;
  const t = useTranslations('messages');
  const { search, regex, in: place, matchCase, wholeWord } = reading;
  const find = useMemo(() => {
    const searched = { search, regex, in: place, matchCase, wholeWord };
    return {
      key: findMatchesIn(searched, 'key'),
      value: findMatchesIn(searched, 'value'),
      headers: findMatchesIn(searched, 'headers'),
    };
  }, [search, regex, place, matchCase, wholeWord]);

  return useMemo(() => {
    const context: CellContext = { t, find };
    // The last column that has room says what sets a message apart.
    const marked = columns.includes('value') ? 'value' : columns.at(-1);
    return columns.map((id): Column<Message> => {
      const column: Shape = isFixed(id)
        ? { header: t(`columns.${id}`), ...fixedColumn(id, context) }
        : {
            ...fieldColumn(id, context),
            align: numbers.has(id) ? 'end' : undefined,
            headExtra: <FieldHeadMenu column={id} columns={columns} onChange={onColumnsChange} />,
          };
      const extra = id === 'key' || id === 'value' ? headExtra?.[id] : undefined;
      return {
        id,
        ...column,
        headExtra: extra ?? column.headExtra,
        cell: (message) => (
          <span
            className={cn(
              'flex min-w-0 items-center gap-1.5',
              column.align === 'end' && 'justify-end',
              message.transaction === 'aborted' && 'text-ink-faint',
            )}
          >
            {id === marked && <MessageMarks message={message} />}
            {column.cell(message)}
          </span>
        ),
      };
    });
  }, [t, find, columns, onColumnsChange, numbers, headExtra]);
}

type Shape = Omit<Column<Message>, 'id'>;

function fixedColumn(id: FixedColumn, { t, find }: CellContext): Omit<Shape, 'header'> {
  switch (id) {
    case 'topic':
      return {
        isSortable: true,
        cell: ({ topic }) => (
          <span className="truncate" title={topic}>
            {topic}
          </span>
        ),
        className: 'max-w-48 min-w-24',
      };
    case 'time':
      return {
        isSortable: true,
        isLargestFirst: true,
        cell: ({ timestamp }) => <MessageTime value={timestamp} />,
        shownFrom: 'tablet',
        className: 'w-40 text-ink-soft',
      };
    case 'partition':
      return { align: 'end', isSortable: true, cell: ({ partition }) => partition, className: 'w-20' };
    case 'offset':
      return {
        align: 'end',
        isSortable: true,
        isLargestFirst: true,
        cell: ({ offset }) => offset,
        className: 'w-24',
      };
    case 'key':
      return {
        cell: ({ key }) => <PayloadCell payload={key} nothing={t('nullKey')} find={find.key} />,
        shownFrom: 'tablet',
        className: 'w-40 max-w-40',
      };
    case 'value':
      return {
        cell: ({ value, control }) =>
          control ? (
            <span className="min-w-0 truncate font-mono text-ink-soft text-xs">{control.text}</span>
          ) : (
            value && <PayloadCell payload={value} nothing={t('tombstone')} find={find.value} />
          ),
        className: 'w-full max-w-0 min-w-40',
      };
    case 'headers':
      return {
        align: 'end',
        isSortable: true,
        isLargestFirst: true,
        cell: ({ headers }) => <HeadersCell headers={headers} />,
        className: 'w-16',
      };
    case 'size':
      return {
        align: 'end',
        isSortable: true,
        isLargestFirst: true,
        cell: (message) => <Bytes value={messageSize(message)} />,
        className: 'w-20',
      };
  }
}

function fieldColumn(path: string, { find }: CellContext): Shape {
  const part = path.startsWith('key') ? 'key' : path.startsWith('headers') ? 'headers' : 'value';
  return {
    header: shortFieldName(path),
    isSortable: true,
    cell: (message) => <FieldCell message={message} path={path} find={find[part]} />,
    className: 'max-w-56 truncate',
  };
}
