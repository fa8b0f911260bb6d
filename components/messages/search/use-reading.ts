'use client';

import { parseAsBoolean, parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { messageFrom } from '../../../lib/contract/message-query.ts';
import { formatAddress, type MessageAddress, parseAddress } from '../message-address.ts';

export const LIMITS = [50, 100, 500, 1000, 5000, 10000] as const;

/** What is read, as the URL keeps it: a link to this page shows the same messages. */
export interface Reading {
  partition: number | undefined;
  from: string;
  limit: number;
  follow: boolean;
}

const parsers = {
  partition: parseAsInteger,
  from: parseAsString.withDefault('latest'),
  limit: parseAsInteger.withDefault(100),
  follow: parseAsBoolean.withDefault(false),
  at: parseAsString,
};

/** The reading and the message opened from the URL; what the URL says wrongly is read as the default. */
export function useReading() {
  const [state, setState] = useQueryStates(parsers, { history: 'push', clearOnDefault: true });
  const reading: Reading = {
    partition: state.partition !== null && state.partition >= 0 ? state.partition : undefined,
    from: messageFrom.safeParse(state.from).success ? state.from : 'latest',
    limit: state.limit >= 1 && state.limit <= 10_000 ? state.limit : 100,
    follow: state.follow,
  };
  return {
    reading,
    opened: state.at === null ? null : parseAddress(state.at),
    read: (change: Partial<Reading>) => {
      const next = { ...reading, ...change };
      void setState({ ...next, partition: next.partition ?? null, at: null });
    },
    /** Opening the next one replaces the entry in the history: Back closes the message. */
    open: (address: MessageAddress | null, history: 'push' | 'replace' = 'push') => {
      void setState({ at: address === null ? null : formatAddress(address) }, { history });
    },
  };
}
