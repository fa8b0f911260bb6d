'use client';
import { ChevronsUpDown, LayoutGrid } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { clusterPath } from '../data/paths.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { buttonClass } from '../ui/button.tsx';
import { HealthBadge, HealthMark } from '../ui/health.tsx';
import { Menu, MenuLink, MenuSeparator } from '../ui/menu.tsx';
import { clusterHealth } from './cluster-health.ts';

/** Which cluster this is, how it is, and the way to the others. */
export function ClusterSwitcher({ cluster }: { cluster: string }) {
  const t = useTranslations('shell');
  const { data } = useEndpoint('listClusters', {}, { refetchInterval: 2000 });
  const current = data?.items.find(({ id }) => id === cluster);
  const status = current?.status ?? 'connecting';
  return (
    <Menu
      align="start"
      className="w-72"
      trigger={
        <button
          type="button"
          className={buttonClass('quiet', 'medium', 'min-w-0 shrink gap-2 px-2 text-ink')}
        >
          <HealthMark health={clusterHealth[status]} />
          <span className="sr-only">{t('cluster')}: </span>
          <span className="truncate">{current?.name ?? cluster}</span>
          <span className="sr-only">, {t(`status.${status}`)}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
        </button>
      }
    >
      {(data?.items ?? []).map((item) => (
        <MenuLink key={item.id} href={clusterPath(item.id)}>
          <span className="flex min-w-0 flex-1 items-center justify-between gap-3">
            <span className="min-w-0">
              <span className="block truncate font-medium">{item.name}</span>
              <span className="block truncate text-xs text-ink-faint">
                {item.bootstrapServers.join(', ')}
              </span>
            </span>
            <HealthBadge health={clusterHealth[item.status]} className="shrink-0">
              {t(`status.${item.status}`)}
            </HealthBadge>
          </span>
        </MenuLink>
      ))}
      <MenuSeparator />
      <MenuLink href="/?list" icon={LayoutGrid}>
        {t('allClusters')}
      </MenuLink>
    </Menu>
  );
}
