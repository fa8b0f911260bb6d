import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

export interface Column<Row> {
  /** Also the name sent to the server when it sorts. */
  id: string;
  header: string;
  /** The head is only heard, not seen: for a column of boxes or menus. */
  isHeaderHidden?: boolean;
  /** Beside the head's word, or instead of it where that is hidden: a menu, a box that stands for all rows. */
  headExtra?: ReactNode;
  /** What the number or word means, on a question mark. */
  hint?: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end. */
  align?: 'start' | 'end';
  /** Sorts in the browser by this value; null stands last in either order. */
  sortValue?: (row: Row) => string | number | null;
  /** The server sorts by it: give `sort` and `onSortChange` to the table. */
  isSortable?: boolean;
  /** The first click sorts the largest first. */
  isLargestFirst?: boolean;
  /** `phone`: always. `tablet`: from 640 px. `desktop`: from 1024 px. */
  shownFrom?: 'phone' | 'tablet' | 'desktop';
  className?: string;
}

export interface Sort {
  id: string;
  order: 'asc' | 'desc';
}

const shownFrom = { phone: '', tablet: 'max-sm:hidden', desktop: 'max-lg:hidden' };

/** Classes that a column gives its head and its cells alike. */
export function columnClass<Row>(column: Column<Row>): string {
  return cn(column.align === 'end' && 'text-right', shownFrom[column.shownFrom ?? 'phone'], column.className);
}
