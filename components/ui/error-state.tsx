'use client';
import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Failure } from '../../lib/contract/failure.ts';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';
import { HealthMark } from './health.tsx';

export interface ErrorStateProps {
  failure: Failure;
  onRetry?: () => void;
  /** Other ways on, e.g. back to the list. */
  actions?: ReactNode;
  className?: string;
}

/** Stands where something could not be shown: what went wrong, what to do, and a way to try again. */
export function ErrorState({ failure, onRetry, actions, className }: ErrorStateProps) {
  const t = useTranslations('ui');
  const health = failure.code === 'not_found' || failure.code === 'forbidden' ? 'unknown' : 'critical';
  return (
    <div role="alert" className={cn('flex flex-col items-center px-6 py-10 text-center', className)}>
      <HealthMark health={health} className="mb-2 size-6" />
      <p className="text-sm font-medium">{t(`failure.${failure.code}`)}</p>
      <p className="mt-1 max-w-lg text-[0.8125rem] text-ink-soft">{failure.message}</p>
      {failure.action ? (
        <p className="mt-1 max-w-lg text-[0.8125rem] text-ink-soft">{failure.action}</p>
      ) : null}
      {failure.kafkaError ? (
        <p className="mt-1 font-mono text-xs text-ink-faint">
          {failure.kafkaError.name} ({failure.kafkaError.code})
        </p>
      ) : null}
      {onRetry || actions ? (
        <div className="mt-4 flex flex-wrap justify-center gap-2">
          {onRetry ? (
            <Button icon={RotateCw} onClick={onRetry}>
              {t('retry')}
            </Button>
          ) : null}
          {actions}
        </div>
      ) : null}
    </div>
  );
}

/** The same in one line, above a form or beside what is still shown. */
export function FailureLine({ failure, className }: { failure: Failure; className?: string }) {
  return (
    <div
      role="alert"
      className={cn('flex gap-2 rounded-md bg-critical-surface px-3 py-2 text-[0.8125rem]', className)}
    >
      <HealthMark health="critical" className="mt-px" />
      <div className="min-w-0">
        <p className="font-medium text-critical">{failure.message}</p>
        {failure.action ? <p className="text-ink-soft">{failure.action}</p> : null}
        {failure.fields?.map((field) => (
          <p key={field.field} className="text-ink-soft">
            <code className="font-mono text-xs">{field.field}</code>: {field.message}
          </p>
        ))}
      </div>
    </div>
  );
}
