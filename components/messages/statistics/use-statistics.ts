'use client';

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { send } from '../../../lib/contract/client.ts';
import { Failure } from '../../../lib/contract/failure.ts';
import { onPage } from '../../../lib/i18n/page-sentences.ts';
import { StatisticsFeed, type StatisticsSnapshot } from './statistics-feed.ts';
import type { StatisticsCall } from './statistics-request.ts';

export interface StatisticsStream extends StatisticsSnapshot {
  /** Gathers again, of what is there now. */
  restart: () => void;
  stop: () => void;
}

/** Gathers statistics while the component lives; begins anew whenever what is asked changes. */
export function useStatistics(cluster: string, body: StatisticsCall): StatisticsStream {
  const [feed] = useState(() => new StatisticsFeed());
  const snapshot = useSyncExternalStore(feed.subscribe, feed.getSnapshot, feed.getSnapshot);
  const asked = JSON.stringify(body);
  const controls = useMemo(() => {
    const open = async (signal: AbortSignal) => {
      const call = { params: { cluster }, body: JSON.parse(asked) as StatisticsCall };
      const response = await send('messageStatistics', call, { signal });
      if (response.body) return response.body;
      throw new Failure('internal', onPage('noStream'));
    };
    return { restart: () => feed.start(open), stop: () => feed.stop() };
  }, [feed, cluster, asked]);
  useEffect(() => {
    controls.restart();
    return () => feed.reset();
  }, [feed, controls]);
  return { ...snapshot, ...controls };
}
