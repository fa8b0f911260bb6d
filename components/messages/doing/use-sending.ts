'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { call } from '../../../lib/contract/client.ts';
import { SendingFeed, type SendingJob, type SendingSnapshot } from './sending-feed.ts';

export interface Sending extends SendingSnapshot {
  isUnderWay: boolean;
  start: (job: SendingJob) => void;
  cancel: () => void;
  reset: () => void;
}

/** One sending at a time, while the component lives; every open page asks anew when it is over. */
export function useSending(cluster: string): Sending {
  const queries = useQueryClient();
  const [feed] = useState(
    () => new SendingFeed((sending) => call('cancelSending', { params: { cluster, sending } })),
  );
  const snapshot = useSyncExternalStore(feed.subscribe, feed.getSnapshot, feed.getSnapshot);
  useEffect(() => () => feed.reset(), [feed]);
  const controls = useMemo(
    () => ({
      start: (job: SendingJob) => {
        void feed.start(job).finally(() => queries.invalidateQueries());
      },
      cancel: () => feed.cancel(),
      reset: () => feed.reset(),
    }),
    [feed, queries],
  );
  const isUnderWay = snapshot.phase === 'sending' || snapshot.phase === 'cancelling';
  return { ...snapshot, ...controls, isUnderWay };
}
