/** Where in a message `search` and `regex` are looked for. */
export const PLACES = ['any', 'key', 'value', 'headers'] as const;
export const TOMBSTONES = ['include', 'only', 'exclude'] as const;
export const ORDERS = ['oldest', 'newest'] as const;
export const ISOLATIONS = ['uncommitted', 'committed'] as const;
export const LIMITS = [50, 100, 500, 1000, 5000, 10000] as const;

/**
 * What is read and which messages are wanted, as the address keeps it: a link to this page shows the same messages.
 * Names are those of the API's query (`messageQuery`); an empty text or list asks for nothing.
 */
export interface Reading {
  /** Names, or patterns with `*`; only where several topics are read. */
  topics: readonly string[];
  partitions: readonly number[];
  from: string;
  until: string;
  /** Null: newest first from the newest, otherwise as they lie in the log. */
  order: (typeof ORDERS)[number] | null;
  limit: number;
  follow: boolean;
  isolation: (typeof ISOLATIONS)[number];
  control: boolean;
  /** Either this or `regex` has text. */
  search: string;
  regex: string;
  in: (typeof PLACES)[number];
  matchCase: boolean;
  wholeWord: boolean;
  key: string;
  header: string;
  filter: string;
  tombstones: (typeof TOMBSTONES)[number];
  minSize: number | null;
  maxSize: number | null;
}

/** The newest hundred of all there is. */
export const NEWEST: Reading = {
  topics: [],
  partitions: [],
  from: 'latest',
  until: '',
  order: null,
  limit: 100,
  follow: false,
  isolation: 'uncommitted',
  control: false,
  search: '',
  regex: '',
  in: 'any',
  matchCase: false,
  wholeWord: false,
  key: '',
  header: '',
  filter: '',
  tombstones: 'include',
  minSize: null,
  maxSize: null,
};

/** Parts of a reading that leave messages out: what makes it a search. */
export const TESTS = [
  'search',
  'regex',
  'key',
  'header',
  'filter',
  'tombstones',
  'minSize',
  'maxSize',
] as const satisfies (keyof Reading)[];

export function isSearch(reading: Reading): boolean {
  return TESTS.some((name) => reading[name] !== NEWEST[name]);
}

/** Which way the log is read. */
export function directionOf({ follow, order, from }: Reading): (typeof ORDERS)[number] {
  if (follow) return 'oldest';
  return order ?? (from === 'latest' ? 'newest' : 'oldest');
}

/** The reading as the API wants it of one topic: what is asked, nothing that goes without saying. */
export function queryOf(reading: Reading): Record<string, string | number | boolean> {
  const query: Record<string, string | number | boolean> = {};
  for (const name of Object.keys(NEWEST) as (keyof Reading)[]) {
    const value = reading[name];
    if (name === 'topics' || value === null || value === '' || value === NEWEST[name]) continue;
    if (name === 'partitions') {
      if (reading.partitions.length > 0) query.partitions = reading.partitions.join(',');
    } else query[name] = value as string | number | boolean;
  }
  query.from = reading.from;
  query.limit = reading.limit;
  return query;
}

export function sameReading(one: Reading, other: Reading): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

function inOrder(reading: Reading) {
  return (Object.keys(NEWEST) as (keyof Reading)[]).map((name) => reading[name]);
}
