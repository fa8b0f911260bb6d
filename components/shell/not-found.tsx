'use client';
import { Compass } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

export function NotFound() {
  const t = useTranslations('notFound');
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={Compass}
        title={<h1>{t('title')}</h1>}
        actions={
          <ButtonLink href="/" tone="primary">
            {t('home')}
          </ButtonLink>
        }
      >
        {t('description')}
      </EmptyState>
    </main>
  );
}
