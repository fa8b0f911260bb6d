import { Failure } from '../../lib/contract/failure.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';

/** Where an item stands in an order: compared part by part. The whole tells items apart. */
export type Position = readonly (string | number)[];

export interface PageQuery {
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

export interface Page<Item> {
  readonly items: Item[];
  readonly total: number;
  readonly nextCursor: string | null;
}

/**
 * One page of a list that is sorted ascending by position. A cursor says after which position to go on, so what appears or
 * disappears between two pages shifts nothing. Costs a binary search, whatever the list's length.
 */
export function pageOf<Item>(
  sorted: readonly Item[],
  { order, limit, cursor }: PageQuery,
  positionOf: (item: Item) => Position,
): Page<Item> {
  const step = order === 'asc' ? 1 : -1;
  let at = order === 'asc' ? 0 : sorted.length - 1;
  if (cursor !== undefined) {
    const after = decodeCursor(cursor);
    at =
      order === 'asc'
        ? firstWhere(sorted, (item) => comparePositions(positionOf(item), after) > 0)
        : firstWhere(sorted, (item) => comparePositions(positionOf(item), after) >= 0) - 1;
  }
  const items: Item[] = [];
  for (; items.length < limit && at >= 0 && at < sorted.length; at += step) items.push(sorted[at]!);
  const hasMore = at >= 0 && at < sorted.length;
  const last = items.at(-1);
  return {
    items,
    total: sorted.length,
    nextCursor: hasMore && last !== undefined ? encodeCursor(positionOf(last)) : null,
  };
}

export function comparePositions(a: Position, b: Position): number {
  for (let part = 0; part < a.length; part++) {
    const one = a[part]!;
    const other = b[part];
    if (other === undefined || one > other) return 1;
    if (one < other) return -1;
  }
  return 0;
}

/** Index of the first item for which a test holds that holds for all items after it. */
function firstWhere<Item>(sorted: readonly Item[], test: (item: Item) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decodeCursor(cursor: string): Position {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(position) &&
      position.every((part) => typeof part === 'string' || typeof part === 'number')
    ) {
      return position;
    }
  } catch {
    // Falls through to the failure below.
  }
  throw new Failure('invalid_request', say('cursor.unknown'), {
    action: say('cursor.unknown.do'),
    fields: [{ field: 'cursor', message: say('cursor.unknown.field') }],
  });
}
