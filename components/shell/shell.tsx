'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useCluster } from '../data/use-cluster.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { ButtonLink } from '../ui/button.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Navigation } from './navigation.tsx';
import { TopBar } from './top-bar.tsx';

/** Around every page of a cluster: the bar above, the way to the pages, and what to say when there is no such cluster. */
export function Shell({ children }: { children: ReactNode }) {
  const cluster = useCluster();
  const t = useTranslations('shell');
  const { data, failure } = useEndpoint('getOverview', { params: { cluster } });
  const isMissing =
    data === undefined && (failure?.code === 'not_found' || failure?.code === 'invalid_request');
  return (
    <>
      <a
        href="#content"
        className="fixed top-2 left-2 z-80 -translate-y-16 rounded-md bg-inverse px-3 py-2 text-[0.8125rem] font-medium text-on-inverse focus-visible:translate-y-0"
      >
        {t('skip')}
      </a>
      <TopBar cluster={cluster} />
      <div className="flex">
        <Navigation cluster={cluster} />
        <main
          id="content"
          tabIndex={-1}
          className="min-w-0 flex-1 px-4 pt-4 pb-24 outline-none sm:px-6 sm:pb-10"
        >
          <div className="mx-auto max-w-400">
            {isMissing && failure ? (
              <>
                <h1 className="sr-only">{cluster}</h1>
                <ErrorState
                  failure={failure}
                  className="py-24"
                  actions={<ButtonLink href="/?list">{t('allClusters')}</ButtonLink>}
                />
              </>
            ) : (
              children
            )}
          </div>
        </main>
      </div>
    </>
  );
}
