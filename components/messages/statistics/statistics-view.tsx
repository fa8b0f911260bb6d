'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState, FailureLine } from '../../ui/error-state.tsx';
import { PartialNotice } from '../../ui/partial-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { MessageAddress } from '../message-address.ts';
import type { Reading } from '../search/reading.ts';
import { Figures } from './figures.tsx';
import { type Sample, statisticsCall } from './statistics-request.ts';
import { isGathering, StatisticsStatus } from './statistics-status.tsx';
import { readingOf } from './time-range.ts';
import { TimelineChart } from './timeline-chart.tsx';
import { useStatistics } from './use-statistics.ts';

/** The messages over time; or that and everything else there is to tell of them. */
export type StatisticsShown = 'timeline' | 'statistics';

export interface StatisticsViewProps {
  cluster: string;
  topics: readonly string[];
  isSeveral: boolean;
  reading: Reading;
  shown: StatisticsShown;
  onRead: (change: Partial<Reading>) => void;
  onOpen: (address: MessageAddress) => void;
  /** Adds a column with a field to the table. */
  onAddColumn: (path: string) => void;
}

/** What all the messages are like that a reading is about: gathered while it is in sight, of a sample unless all is asked for. */
export function StatisticsView(props: StatisticsViewProps) {
  const { cluster, topics, isSeveral, reading, shown, onRead } = props;
  const t = useTranslations('messages.statistics');
  const [sample, setSample] = useState<Sample>('100000');
  const body = useMemo(
    () => statisticsCall(reading, topics, { isSeveral, sample }),
    [reading, topics, isSeveral, sample],
  );
  const stream = useStatistics(cluster, body);
  const { statistics, failure, end, progress } = stream;
  const isSample = statistics !== null && statistics.coverage.windows > 0;
  return (
    <section aria-label={t('title')} className="min-w-0 space-y-3">
      <Card className="space-y-2 p-3">
        <StatisticsStatus stream={stream} sample={sample} onSampleChange={setSample} />
        <PartialNotice problems={end?.problems ?? progress?.problems} />
        {failure && statistics && <FailureLine failure={failure} />}
        {failure && !statistics ? (
          <ErrorState failure={failure} onRetry={stream.restart} />
        ) : statistics && statistics.matched > 0 ? (
          <TimelineChart
            timeline={statistics.timeline}
            isSample={isSample}
            isPartial={isGathering(stream)}
            onChoose={(range) => onRead(readingOf(statistics.timeline, range, reading))}
          />
        ) : isGathering(stream) ? (
          <Skeleton className="block h-28 w-full" />
        ) : (
          <EmptyState title={t('emptyTitle')} className="py-6">
            {t(isSample ? 'emptySample' : 'emptyAll')}
          </EmptyState>
        )}
      </Card>
      {shown === 'statistics' && statistics && statistics.matched > 0 && (
        <Figures
          statistics={statistics}
          isSeveral={isSeveral}
          onRead={onRead}
          onOpen={props.onOpen}
          onAddColumn={props.onAddColumn}
        />
      )}
    </section>
  );
}
