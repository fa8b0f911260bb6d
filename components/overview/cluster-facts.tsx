'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Overview } from '../../lib/contract/clusters.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { UnknownValue } from '../ui/format.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className="inline-flex min-h-7 min-w-0 items-center gap-1.5">
      <span className="text-ink-faint">{label}</span>
      <span className="min-w-0 break-all text-ink">{children}</span>
    </span>
  );
}

/** What the cluster is: its id, where to reach it, what it runs. */
export function ClusterFacts({ overview }: { overview: Overview | undefined }) {
  const t = useTranslations('overview.fact');
  const servers = overview?.bootstrapServers.join(',') ?? '';
  return (
    <span className="flex flex-wrap items-center gap-x-5">
      <Fact label={t('bootstrapServers')}>
        {overview ? (
          <span className="inline-flex items-center gap-1">
            <span className="font-mono text-xs">{overview.bootstrapServers.join(', ')}</span>
            <CopyButton text={servers} label={t('copyServers')} />
          </span>
        ) : (
          <Skeleton className="w-48" />
        )}
      </Fact>
      <Fact label={t('clusterId')}>
        {overview ? (
          overview.clusterId === null ? (
            <UnknownValue />
          ) : (
            <span className="font-mono text-xs">{overview.clusterId}</span>
          )
        ) : (
          <Skeleton className="w-32" />
        )}
      </Fact>
      <Fact label={t('version')}>
        {overview ? (overview.kafkaVersion ?? <UnknownValue />) : <Skeleton className="w-8" />}
        {overview && overview.mode !== 'unknown' ? ` (${t(`mode.${overview.mode}`)})` : null}
      </Fact>
      <Fact label={t('controller')}>
        {overview ? (overview.controllerId ?? <UnknownValue />) : <Skeleton className="w-4" />}
      </Fact>
    </span>
  );
}
