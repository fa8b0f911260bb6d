'use client';
import { useTranslations } from 'next-intl';
import { cn } from './class-names.ts';

/** Holds the place of a line of text, so that nothing moves when it arrives. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        'inline-block h-[1em] w-16 rounded-sm bg-selected align-[-0.1em] animate-skeleton',
        className,
      )}
    />
  );
}

/** Says once, to those who listen, that the page is loading. */
export function LoadingNote() {
  const t = useTranslations('ui');
  return (
    <span role="status" className="sr-only">
      {t('loading')}
    </span>
  );
}

/** As many lines as the thing to come has. */
export function SkeletonRows({ rows = 6, className }: { rows?: number; className?: string }) {
  return (
    <div className={cn('divide-y divide-line', className)}>
      <LoadingNote />
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <div key={row} className="flex h-9 items-center gap-6 px-3">
          <Skeleton className="w-1/4" />
          <Skeleton className="w-12" />
          <Skeleton className="w-20" />
        </div>
      ))}
    </div>
  );
}
