'use client';

import { EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '../../ui/class-names.ts';
import { Badge } from '../../ui/health.tsx';

/** A value as it stands in messages: a button where something can be done with it. */
export function ValueButton({
  text,
  label,
  onChoose,
  className,
}: {
  text: string;
  /** What a click does. */
  label: string;
  onChoose?: (() => void) | undefined;
  className?: string;
}) {
  const t = useTranslations('messages');
  const shown = text === '' ? <span className="text-ink-faint italic">{t('emptyPayload')}</span> : text;
  const look = cn('line-clamp-2 min-w-0 break-all text-left font-mono text-xs', className);
  if (!onChoose) return <span className={look}>{shown}</span>;
  return (
    <button
      type="button"
      title={label}
      onClick={onChoose}
      className={cn(look, 'rounded-xs underline decoration-edge/60 underline-offset-3 hover:decoration-ink')}
    >
      {shown}
    </button>
  );
}

/** Stands where a rule hides something. */
export function MaskedMark() {
  const t = useTranslations('messages.statistics');
  return (
    <Badge title={t('maskedHint')}>
      <EyeOff aria-hidden className="size-3" />
      {t('masked')}
    </Badge>
  );
}
