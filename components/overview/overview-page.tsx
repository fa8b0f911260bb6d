'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useCluster } from '../data/use-cluster.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { Card, PageHeader, Section } from '../ui/card.tsx';
import { ErrorState, FailureLine } from '../ui/error-state.tsx';
import { PartialNotice } from '../ui/partial-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ClusterFacts } from './cluster-facts.tsx';
import { FindingList } from './finding-list.tsx';
import { findingsOf } from './findings.ts';
import { LeadersFigure } from './leaders-figure.tsx';
import { OverviewStats } from './overview-stats.tsx';

/** The table library is fetched after the numbers are on the screen. */
const OverviewBrokers = dynamic(
  () => import('./overview-brokers.tsx').then((module) => module.OverviewBrokers),
  { ssr: false, loading: () => <Skeleton className="block h-[194px] w-full opacity-60" /> },
);

/** In five seconds: is the cluster healthy, and if not, what is it. */
export function OverviewPage() {
  const cluster = useCluster();
  const t = useTranslations('overview');
  const { data, failure, retry } = useEndpoint(
    'getOverview',
    { params: { cluster } },
    { keepsPrevious: false },
  );
  const findings = useMemo(() => (data ? findingsOf(data) : []), [data]);
  return (
    <div className="space-y-5">
      <PageHeader title={t('title')} description={<ClusterFacts overview={data} />} />
      {failure && !data ? (
        <Card>
          <ErrorState failure={failure} onRetry={retry} className="py-20" />
        </Card>
      ) : (
        <>
          {failure ? <FailureLine failure={failure} /> : null}
          <PartialNotice problems={data?.problems} />
          {data ? (
            <FindingList cluster={cluster} findings={findings} partitionCount={data.partitionCount} />
          ) : (
            <p className="rounded-lg border border-line bg-surface px-4 py-2.5 text-[0.8125rem]">
              <Skeleton className="w-64" />
            </p>
          )}
          <OverviewStats cluster={cluster} overview={data} />
          <div className="grid gap-5 xl:grid-cols-[18rem_minmax(0,1fr)]">
            <Section title={t('leadersByBroker')}>
              <Card className="p-4">
                {data ? (
                  <LeadersFigure brokers={data.brokers} />
                ) : (
                  <Skeleton className="block h-[194px] w-full opacity-60" />
                )}
              </Card>
            </Section>
            <Section title={t('brokers')}>
              <OverviewBrokers cluster={cluster} brokers={data?.brokers} />
            </Section>
          </div>
        </>
      )}
    </div>
  );
}
