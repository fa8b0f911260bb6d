'use client';
import { useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';
import { Toaster as Sonner, toast } from 'sonner';
import type { Failure } from '../../lib/contract/failure.ts';
import { HealthMark } from './health.tsx';

/** Says that something was done. */
export function toastDone(message: string): void {
  toast(message, { icon: <HealthMark health="ok" /> });
}

/** Says that something failed, what to do, and stays until it is read. */
export function toastFailure(failure: Failure): void {
  const detail = [failure.action, failure.kafkaError?.name].filter(Boolean).join(' · ');
  toast(failure.message, {
    description: detail || undefined,
    icon: <HealthMark health="critical" />,
    duration: 12_000,
    closeButton: true,
  });
}

export function Toaster() {
  const t = useTranslations('ui');
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      containerAriaLabel={t('notifications')}
      mobileOffset={{ bottom: 72 }}
      toastOptions={{
        style: {
          background: 'var(--surface)',
          color: 'var(--ink)',
          borderColor: 'var(--line)',
          fontFamily: 'var(--font-sans)',
          boxShadow: 'var(--float-shadow)',
        },
        classNames: { description: 'text-ink-soft!' },
      }}
    />
  );
}
