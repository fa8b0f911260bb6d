'use client';

import {
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from 'nuqs';
import { useMemo } from 'react';
import { messageFrom, messageUntil } from '../../../lib/contract/message-query.ts';
import { formatAddress, type MessageAddress, parseAddress } from '../message-address.ts';
import { ISOLATIONS, NEWEST, ORDERS, PLACES, type Reading, TOMBSTONES } from './reading.ts';

/** Above the table: the messages over time, or that and everything else there is to tell of them. */
const SHOWN = ['timeline', 'statistics'] as const;

const text = parseAsString.withDefault('');
const flag = parseAsBoolean.withDefault(false);

const parsers = {
  topics: parseAsArrayOf(parseAsString).withDefault([]),
  /** One partition, as links from other pages say it. */
  partition: parseAsInteger,
  partitions: parseAsArrayOf(parseAsInteger).withDefault([]),
  from: parseAsString.withDefault('latest'),
  until: text,
  order: parseAsStringLiteral(ORDERS),
  limit: parseAsInteger.withDefault(100),
  follow: flag,
  isolation: parseAsStringLiteral(ISOLATIONS).withDefault('uncommitted'),
  control: flag,
  search: text,
  regex: text,
  in: parseAsStringLiteral(PLACES).withDefault('any'),
  matchCase: flag,
  wholeWord: flag,
  key: text,
  header: text,
  filter: text,
  tombstones: parseAsStringLiteral(TOMBSTONES).withDefault('include'),
  minSize: parseAsInteger,
  maxSize: parseAsInteger,
  columns: parseAsArrayOf(parseAsString),
  show: parseAsStringLiteral(SHOWN),
  at: parseAsString,
};

const isPartition = (partition: number) => partition >= 0 && partition <= 2_147_483_647;
const sizeOf = (size: number | null) => (size !== null && size >= 0 ? size : null);

/** What the address says: reading, columns and the message opened. What it says wrongly is read as the default. */
export function useReading() {
  const [state, setState] = useQueryStates(parsers, { history: 'push', clearOnDefault: true });
  const reading = useMemo((): Reading => {
    const { partition, columns: _, at: __, show: ___, ...asked } = state;
    const partitions = partition === null ? state.partitions : [...state.partitions, partition];
    return {
      ...asked,
      partitions: [...new Set(partitions.filter(isPartition))],
      from: messageFrom.safeParse(state.from).success ? state.from : 'latest',
      until: messageUntil.safeParse(state.until).success ? state.until : '',
      limit: state.limit >= 1 && state.limit <= 10_000 ? state.limit : 100,
      search: state.regex === '' ? state.search : '',
      minSize: sizeOf(state.minSize),
      maxSize: sizeOf(state.maxSize),
    };
  }, [state]);
  const opened = useMemo(() => (state.at === null ? null : parseAddress(state.at)), [state.at]);
  const controls = useMemo(
    () => ({
      read: (change: Partial<Reading>) => {
        const { topics, partitions, ...next } = { ...reading, ...change };
        void setState({
          ...next,
          topics: [...topics],
          partitions: [...partitions],
          partition: null,
          at: null,
        });
      },
      /** Columns in their order; null are those that every table begins with. */
      setColumns: (columns: readonly string[] | null) =>
        void setState({ columns: columns === null ? null : [...columns] }, { history: 'replace' }),
      setShow: (show: (typeof SHOWN)[number] | null) => void setState({ show }, { history: 'replace' }),
      /** Opening the next one replaces the entry in the history: Back closes the message. */
      open: (address: MessageAddress | null, history: 'push' | 'replace' = 'push') =>
        void setState({ at: address === null ? null : formatAddress(address) }, { history }),
      /** Everything as another address of this page has it. */
      readAddress: (query: string) => {
        const given = new URLSearchParams(query);
        const next = Object.fromEntries(
          Object.entries(parsers).map(([name, parser]) => {
            const written = given.get(name);
            return [name, written === null ? null : parser.parse(written)];
          }),
        );
        void setState(next as Parameters<typeof setState>[0]);
      },
    }),
    [reading, setState],
  );
  return { reading, columns: state.columns, show: state.show, opened, ...controls };
}

/** The address of a reading without where it is: what stands after `?`. */
export function addressOf(reading: Reading, columns: readonly string[] | null): string {
  const query = new URLSearchParams();
  for (const name of Object.keys(NEWEST) as (keyof Reading)[]) {
    const value = reading[name];
    const isDefault = Array.isArray(value) ? value.length === 0 : value === NEWEST[name];
    if (!isDefault && value !== null) query.set(name, parsers[name].serialize(value as never));
  }
  if (columns) query.set('columns', parsers.columns.serialize([...columns]));
  return query.toString();
}
