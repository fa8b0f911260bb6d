'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Overview } from '../../lib/contract/clusters.ts';
import { brokersPath, groupsPath, plansPath, topicsPath } from '../data/paths.ts';
import { Count, Percent, useNumberText } from '../ui/format.tsx';
import type { Health } from '../ui/health.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Stat, StatGrid } from '../ui/stat.tsx';

/** Wrong as soon as it is above zero. */
function ifAny(count: number | null | undefined, health: Health): Health | undefined {
  return count ? health : undefined;
}

/** Every number of the cluster, the ones of health marked when they are not as they should be. */
export function OverviewStats({ cluster, overview }: { cluster: string; overview: Overview | undefined }) {
  const t = useTranslations('overview.stat');
  const text = useNumberText();
  const shown = (value: ReactNode) => (overview ? value : <Skeleton className="w-10" />);
  const count = (value: number | null | undefined) => shown(<Count value={value} />);
  const topics = topicsPath(cluster);
  const known = overview?.brokers.length ?? 0;
  return (
    <StatGrid className="lg:grid-cols-5">
      <Stat
        label={t('brokers')}
        value={count(overview?.brokerCount)}
        unit={overview && known > overview.brokerCount ? t('ofBrokers', { count: known }) : undefined}
        health={overview && known > overview.brokerCount ? 'warning' : undefined}
        href={brokersPath(cluster)}
        note={t('alive')}
      />
      <Stat
        label={t('topics')}
        value={count(overview?.topicCount)}
        href={`${topics}?internal=true`}
        note={overview ? t('internal', { count: overview.internalTopicCount }) : ' '}
      />
      <Stat label={t('partitions')} value={count(overview?.partitionCount)} note={t('partitionsNote')} />
      <Stat
        label={t('preferredLeaders')}
        value={shown(<Percent value={overview?.preferredLeaderPercent} />)}
        hint={t('preferredLeadersHint')}
        health={
          overview && overview.preferredLeaderPercent < 100 && overview.partitionCount > 0
            ? 'warning'
            : undefined
        }
        href={`${topics}?health=not-preferred&internal=true`}
        note={t('preferredLeadersNote')}
      />
      <Stat
        label={t('underReplicated')}
        value={count(overview?.underReplicatedPartitionCount)}
        hint={t('underReplicatedHint')}
        health={ifAny(overview?.underReplicatedPartitionCount, 'warning')}
        href={`${topics}?health=under-replicated&internal=true`}
        note={t('partitionsUnit')}
      />
      <Stat
        label={t('underMinIsr')}
        value={count(overview?.underMinIsrPartitionCount)}
        hint={t('underMinIsrHint')}
        health={ifAny(overview?.underMinIsrPartitionCount, 'critical')}
        note={
          typeof overview?.atMinIsrPartitionCount === 'number'
            ? t('atMinIsr', { count: text.count(overview.atMinIsrPartitionCount) })
            : ' '
        }
      />
      <Stat
        label={t('offline')}
        value={count(overview?.offlinePartitionCount)}
        hint={t('offlineHint')}
        health={ifAny(overview?.offlinePartitionCount, 'critical')}
        href={`${topics}?health=offline&internal=true`}
        note={t('partitionsUnit')}
      />
      <Stat
        label={t('reassigning')}
        value={count(overview?.reassigningPartitionCount)}
        href={plansPath(cluster)}
        note={t('partitionsUnit')}
      />
      <Stat
        label={t('groups')}
        value={count(overview?.groupCount)}
        href={groupsPath(cluster)}
        note={t('groupsNote')}
      />
      <Stat
        label={t('controller')}
        value={shown(overview?.controllerId ?? <Count value={null} />)}
        note={t('controllerNote')}
        hint={t('controllerHint')}
      />
    </StatGrid>
  );
}
