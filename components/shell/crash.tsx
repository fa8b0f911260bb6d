'use client';
import { OctagonAlert, RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** Stands where drawing a page threw. */
export function Crash({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('crash');
  return (
    <div role="alert">
      <EmptyState
        icon={OctagonAlert}
        title={t('title')}
        className="py-24"
        actions={
          <Button icon={RotateCw} onClick={retry}>
            {t('retry')}
          </Button>
        }
      >
        <p>{t('description')}</p>
        <p className="mt-2 font-mono text-xs text-ink-faint">
          {error instanceof Error ? error.message : String(error)}
        </p>
      </EmptyState>
    </div>
  );
}
