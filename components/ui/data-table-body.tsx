'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react';
import { cn } from './class-names.ts';
import { type Column, columnClass } from './data-table-column.ts';

const ROW_HEIGHT = 36;

interface ShownRow<Row> {
  id: string;
  original: Row;
}

interface TableBodyProps<Row> {
  rows: readonly ShownRow<Row>[];
  columns: readonly Column<Row>[];
  /** Null until it is on the page. */
  scroller: HTMLDivElement | null;
  isVirtual: boolean;
  onRowOpen?: (row: Row) => void;
  onEndReached?: () => void;
  onVisibleRowsChange?: (first: number, last: number) => void;
  rowClassName?: (row: Row) => string | undefined;
  shownRow?: string;
}

/** All rows, or with spacers above and below only those in sight: it stays one real table for screen readers. */
export function TableBody<Row>(props: TableBodyProps<Row>) {
  const { rows, scroller, isVirtual, onEndReached, onVisibleRowsChange, shownRow } = props;
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: isVirtual,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const first = isVirtual ? (items[0]?.index ?? 0) : 0;
  const last = isVirtual ? (items.at(-1)?.index ?? 0) : rows.length - 1;
  const isAtEnd = rows.length > 0 && last >= rows.length - 1;
  useEffect(() => {
    if (last >= first) onVisibleRowsChange?.(first, last);
  }, [first, last, onVisibleRowsChange]);
  useEffect(() => {
    if (isAtEnd) onEndReached?.();
  }, [isAtEnd, onEndReached]);

  const { scrollToIndex } = virtualizer;
  const latestRows = useRef(rows);
  latestRows.current = rows;
  useEffect(() => {
    if (shownRow === undefined) return;
    const index = latestRows.current.findIndex(({ id }) => id === shownRow);
    if (index === -1) return;
    if (isVirtual) scrollToIndex(index, { align: 'auto' });
    else scroller?.querySelectorAll('tbody > tr')[index]?.scrollIntoView({ block: 'nearest' });
  }, [shownRow, isVirtual, scroller, scrollToIndex]);

  if (!isVirtual) {
    return (
      <tbody>
        {rows.map((row) => (
          <TableRow key={row.id} row={row} {...props} />
        ))}
      </tbody>
    );
  }
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <tbody>
      {above > 0 ? <Spacer height={above} span={props.columns.length} /> : null}
      {items.map((item) => {
        const row = rows[item.index];
        return row ? (
          <TableRow
            key={row.id}
            row={row}
            index={item.index}
            measure={virtualizer.measureElement}
            {...props}
          />
        ) : null;
      })}
      {below > 0 ? <Spacer height={below} span={props.columns.length} /> : null}
    </tbody>
  );
}

function Spacer({ height, span }: { height: number; span: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  );
}

/** Arrow keys go from row to row, Home and End to the first and last that are drawn. */
function moveFocus(event: KeyboardEvent<HTMLTableRowElement>): void {
  if (event.target !== event.currentTarget) return;
  const row = event.currentTarget;
  const targets: Record<string, Element | null | undefined> = {
    ArrowDown: row.nextElementSibling,
    ArrowUp: row.previousElementSibling,
    Home: row.parentElement?.firstElementChild,
    End: row.parentElement?.lastElementChild,
  };
  if (!(event.key in targets)) return;
  event.preventDefault();
  const target = targets[event.key];
  if (target instanceof HTMLElement) target.focus();
}

interface TableRowProps<Row> {
  row: ShownRow<Row>;
  index?: number;
  measure?: (element: HTMLTableRowElement | null) => void;
  columns: readonly Column<Row>[];
  onRowOpen?: (row: Row) => void;
  rowClassName?: (row: Row) => string | undefined;
}

function TableRow<Row>({ row, index, measure, columns, onRowOpen, rowClassName }: TableRowProps<Row>) {
  const openByClick = (event: MouseEvent<HTMLTableRowElement>) => {
    // What is inside a row keeps its own click, and text can be selected. A menu or dialog of the row stands elsewhere
    // in the document, but React hands its clicks up to here too.
    const target = event.target as HTMLElement;
    const isOwn =
      !event.currentTarget.contains(target) ||
      target.closest('a, button, input, label, [role="checkbox"]') !== null;
    if (!isOwn && !window.getSelection()?.toString()) onRowOpen?.(row.original);
  };
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index === undefined ? undefined : index + 2}
      tabIndex={onRowOpen ? 0 : -1}
      onKeyDown={(event) => {
        moveFocus(event);
        if (event.key === 'Enter' && event.target === event.currentTarget) onRowOpen?.(row.original);
      }}
      onClick={onRowOpen ? openByClick : undefined}
      className={cn(
        'group/row h-9 hover:bg-hover focus-visible:-outline-offset-2',
        onRowOpen && 'cursor-pointer',
        rowClassName?.(row.original),
      )}
    >
      {columns.map((column) => (
        <td
          key={column.id}
          className={cn('border-t border-line px-3 py-1.5 max-sm:px-2', columnClass(column))}
        >
          {column.cell(row.original)}
        </td>
      ))}
    </tr>
  );
}
