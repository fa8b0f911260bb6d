'use client';
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from './class-names.ts';
import { type Column, columnClass, type Sort } from './data-table-column.ts';
import { HintMark } from './tooltip.tsx';

interface TableHeadProps<Row> {
  columns: readonly Column<Row>[];
  sort: Sort | undefined;
  onSortChange: (sort: Sort) => void;
  isServer: boolean;
}

/** The head stays in sight while the table scrolls; a click on a column sorts by it, a second one turns the order round. */
export function TableHead<Row>({ columns, sort, onSortChange, isServer }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          const isSortable = isServer ? column.isSortable === true : column.sortValue !== undefined;
          const order = sort?.id === column.id ? sort.order : undefined;
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={order ? (order === 'asc' ? 'ascending' : 'descending') : undefined}
              className={cn(
                'sticky top-0 z-10 h-8 bg-surface px-3 text-left text-xs font-medium whitespace-nowrap text-ink-faint max-sm:px-2 max-sm:whitespace-normal max-sm:[overflow-wrap:normal]',
                columnClass(column),
              )}
            >
              <span
                className={cn(
                  'inline-flex max-w-full items-center gap-1',
                  column.isHeaderHidden && 'sr-only',
                )}
              >
                {isSortable ? (
                  <SortButton column={column} order={order} onSortChange={onSortChange} />
                ) : (
                  column.header
                )}
                {column.hint ? (
                  // Touch screens show no tips, and have no room for the mark.
                  <span className="max-sm:hidden">
                    <HintMark label={column.header}>{column.hint}</HintMark>
                  </span>
                ) : null}
                {column.isHeaderHidden ? null : column.headExtra}
              </span>
              {column.isHeaderHidden ? column.headExtra : null}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface SortButtonProps<Row> {
  column: Column<Row>;
  order: Sort['order'] | undefined;
  onSortChange: (sort: Sort) => void;
}

function SortButton<Row>({ column, order, onSortChange }: SortButtonProps<Row>) {
  const t = useTranslations('ui');
  const first = column.isLargestFirst ? 'desc' : 'asc';
  const next = order === undefined ? first : order === 'asc' ? 'desc' : 'asc';
  const Arrow = order === undefined ? ChevronsUpDown : order === 'asc' ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      title={t('table.sortBy', { column: column.header })}
      onClick={() => onSortChange({ id: column.id, order: next })}
      className={cn(
        'group -mx-1 inline-flex min-h-6 items-center gap-1 rounded-xs px-1 hover:text-ink',
        column.align === 'end' && 'flex-row-reverse',
        order && 'text-ink',
      )}
    >
      {column.header}
      <Arrow
        aria-hidden
        className={cn(
          'size-3',
          order === undefined && 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100',
        )}
      />
    </button>
  );
}
