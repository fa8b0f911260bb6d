'use client';
import { CircleCheck, CircleDashed, type LucideIcon, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

/** What colour means here, and nothing else. Each has its own shape, so that colour is never needed to tell them apart. */
export type Health = 'ok' | 'warning' | 'critical' | 'unknown';

const shapes: Record<Health, LucideIcon> = {
  ok: CircleCheck,
  warning: TriangleAlert,
  critical: OctagonAlert,
  unknown: CircleDashed,
};

export const healthText: Record<Health, string> = {
  ok: 'text-ok',
  warning: 'text-warning',
  critical: 'text-critical',
  unknown: 'text-unknown',
};

const badges: Record<Health, string> = {
  ok: 'bg-ok-surface text-ok',
  warning: 'bg-warning-surface text-warning',
  critical: 'bg-critical-surface text-critical',
  unknown: 'bg-unknown-surface text-unknown',
};

/** The shape alone: only beside a word that says the same. */
export function HealthMark({ health, className }: { health: Health; className?: string }) {
  const Shape = shapes[health];
  return <Shape aria-hidden className={cn('size-4 shrink-0', healthText[health], className)} />;
}

/** A word with its shape and colour; without a word of its own it says ok, warning, critical or unknown. */
export function HealthBadge({
  health,
  children,
  className,
}: {
  health: Health;
  children?: ReactNode;
  className?: string;
}) {
  const t = useTranslations('ui');
  const Shape = shapes[health];
  return (
    <span
      className={cn(
        'inline-flex max-w-full items-center gap-1 rounded-sm px-1.5 py-0.5 text-xs font-medium whitespace-nowrap',
        badges[health],
        className,
      )}
    >
      <Shape aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">{children ?? t(`health.${health}`)}</span>
    </span>
  );
}

/** A neutral word set apart: a role, a kind, a source. */
export function Badge({
  children,
  className,
  title,
}: {
  children: ReactNode;
  className?: string;
  title?: string;
}) {
  return (
    <span
      title={title}
      className={cn(
        'inline-flex max-w-full items-center gap-1 rounded-sm bg-sunken px-1.5 py-0.5 text-xs font-medium whitespace-nowrap text-ink-soft',
        className,
      )}
    >
      {children}
    </span>
  );
}
