'use client';
import {
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo, useState } from 'react';
import { cn } from './class-names.ts';
import { TableBody } from './data-table-body.tsx';
import { type Column, columnClass, type Sort } from './data-table-column.ts';
import { TableHead } from './data-table-head.tsx';
import { LoadingNote, Skeleton } from './skeleton.tsx';
import { useSideScroll } from './use-side-scroll.ts';

export interface DataTableProps<Row> {
  /** Accessible name. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while nothing has come yet. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** Shown instead of rows when there are none. */
  empty?: ReactNode;
  /** Sorting done by the server. */
  sort?: Sort;
  onSortChange?: (sort: Sort) => void;
  /** Sorting in the browser that a table begins with. */
  initialSort?: Sort;
  /** Enter or a click on the row, beside the links in it. */
  onRowOpen?: (row: Row) => void;
  /** Rows before the table scrolls by itself and draws only what is seen. */
  virtualFrom?: number;
  /** Height of a table that scrolls by itself, as CSS. */
  maxHeight?: string;
  /** Rows on the server, where the list is loaded in parts. */
  total?: number;
  /** Called near the end of what is loaded. */
  onEndReached?: () => void;
  onVisibleRowsChange?: (first: number, last: number) => void;
  skeletonRows?: number;
  /** The rows answer an older question: shown faint. */
  isStale?: boolean;
  rowClassName?: (row: Row) => string | undefined;
  /** Key of a row that is brought into sight when it changes: what is open beside the table. */
  shownRow?: string;
  className?: string;
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

function compare(one: string | number | null, other: string | number | null): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other), undefined, { numeric: true });
}

/**
 * The one table of the console: sorted in the browser or by the server, a sticky head, numbers at the end, rows
 * reached by arrow keys, and only the rows in sight drawn when there are many.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, sort, onSortChange, virtualFrom = 120 } = props;
  const [ownSort, setOwnSort] = useState<Sort | undefined>(props.initialSort);
  // As state, not as a ref: the rows are drawn by the box they scroll in, which is there only after the first round.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const hidesMore = useSideScroll(scroller);
  const t = useTranslations('ui');
  const current = onSortChange ? sort : ownSort;
  const sorting: SortingState = useMemo(
    () => (current ? [{ id: current.id, desc: current.order === 'desc' }] : []),
    [current],
  );
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: Row) => column.sortValue?.(row) ?? undefined,
        sortUndefined: 'last' as const,
        sortFn: (one: { original: Row }, other: { original: Row }) =>
          compare(column.sortValue?.(one.original) ?? null, column.sortValue?.(other.original) ?? null),
      })),
    [columns],
  );
  const data = useMemo(() => [...(rows ?? [])], [rows]);
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: (row) => props.rowKey(row),
    state: { sorting },
    manualSorting: onSortChange !== undefined,
  });
  const sortedRows = table.getRowModel().rows;
  const isVirtual = sortedRows.length > virtualFrom;

  return (
    <div className={cn('relative min-w-0', props.className)}>
      <div
        ref={setScroller}
        className={cn(
          'min-w-0 overflow-x-auto rounded-lg border border-line bg-surface',
          (isVirtual || props.maxHeight) && 'overflow-y-auto',
        )}
        style={
          isVirtual || props.maxHeight ? { maxHeight: props.maxHeight ?? 'min(70dvh, 48rem)' } : undefined
        }
      >
        <table
          aria-label={props.label}
          aria-rowcount={
            isVirtual || props.total !== undefined ? (props.total ?? sortedRows.length) + 1 : undefined
          }
          aria-busy={rows === undefined || props.isStale || undefined}
          className={cn(
            'w-full border-separate border-spacing-0 text-[0.8125rem]',
            props.isStale && 'opacity-60',
          )}
        >
          <TableHead
            columns={columns}
            sort={current}
            onSortChange={onSortChange ?? setOwnSort}
            isServer={!!onSortChange}
          />
          {rows === undefined ? (
            <SkeletonBody columns={columns} rows={props.skeletonRows ?? 5} />
          ) : (
            <TableBody
              rows={sortedRows}
              columns={columns}
              scroller={scroller}
              isVirtual={isVirtual}
              onRowOpen={props.onRowOpen}
              onEndReached={props.onEndReached}
              onVisibleRowsChange={props.onVisibleRowsChange}
              rowClassName={props.rowClassName}
              shownRow={props.shownRow}
            />
          )}
        </table>
        {rows?.length === 0 ? props.empty : null}
      </div>
      {hidesMore ? (
        <p className="mt-1 text-right text-2xs text-ink-faint" aria-hidden>
          {t('table.scrollHint')} →
        </p>
      ) : null}
    </div>
  );
}

/** Not wider than what is to come, or the columns would move when it does: only the first text is long. */
function skeletonWidth<Row>(columns: readonly Column<Row>[], index: number): string {
  const isText = (column: Column<Row>) => column.align !== 'end' && !column.isHeaderHidden;
  if (columns[index]?.isHeaderHidden) return 'w-4';
  return columns.findIndex(isText) === index ? 'w-32' : 'w-10';
}

function SkeletonBody<Row>({ columns, rows }: { columns: readonly Column<Row>[]; rows: number }) {
  return (
    <tbody>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <tr key={row} className="h-9">
          {columns.map((column, index) => (
            <td key={column.id} className={cn('border-t border-line px-3 max-sm:px-2', columnClass(column))}>
              {row === 0 && index === 0 ? <LoadingNote /> : null}
              <Skeleton className={skeletonWidth(columns, index)} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
