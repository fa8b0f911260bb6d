'use client';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { clusterPath } from '../data/paths.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { Card, PageHeader } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Badge, HealthBadge } from '../ui/health.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { clusterHealth } from './cluster-health.ts';
import { Logo } from './logo.tsx';
import { LanguageMenu, ThemeMenu } from './preferences.tsx';

/** `/`: straight to the only cluster, or the choice of several (always with `?list`). */
export function ClusterList() {
  const t = useTranslations('shell');
  const router = useRouter();
  const isAskedFor = useSearchParams().has('list');
  const { data, failure, retry } = useEndpoint('listClusters', {}, { refetchInterval: 2000 });
  const only = data?.items.length === 1 && !isAskedFor ? data.items[0] : undefined;
  useEffect(() => {
    if (only) router.replace(clusterPath(only.id));
  }, [only, router]);
  return (
    <>
      <header className="flex h-12 items-center gap-2 border-b border-line bg-surface px-4">
        <Logo className="size-6" />
        <span className="flex-1 text-[0.9375rem] font-semibold tracking-tight">Kafdeck</span>
        <ThemeMenu />
        <LanguageMenu />
      </header>
      <main className="mx-auto max-w-3xl px-4 py-8">
        <PageHeader title={t('allClusters')} />
        <Card className="mt-4">
          {failure && !data ? <ErrorState failure={failure} onRetry={retry} /> : null}
          {data?.items.length === 0 ? (
            <EmptyState title={t('noClusters')}>{t('noClustersWhy')}</EmptyState>
          ) : null}
          {data === undefined || only ? (
            failure ? null : (
              <SkeletonRows rows={2} />
            )
          ) : (
            <ul className="divide-y divide-line">
              {data.items.map((cluster) => (
                <li
                  key={cluster.id}
                  className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3"
                >
                  <div className="min-w-0">
                    <TextLink href={clusterPath(cluster.id)}>{cluster.name}</TextLink>
                    <p className="text-xs text-ink-faint">{cluster.bootstrapServers.join(', ')}</p>
                  </div>
                  <div className="flex items-center gap-2">
                    {cluster.kind === 'embedded' ? <Badge>{t('embedded')}</Badge> : null}
                    <HealthBadge health={clusterHealth[cluster.status]}>
                      {t(`status.${cluster.status}`)}
                    </HealthBadge>
                  </div>
                </li>
              ))}
            </ul>
          )}
        </Card>
      </main>
    </>
  );
}
