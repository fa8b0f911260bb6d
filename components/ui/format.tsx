'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { cn } from './class-names.ts';
import { inByteUnit, shownPercent } from './quantity.ts';

type Known = number | null | undefined;

/** What stands where a number is not known: never 0. */
export function UnknownValue({ className }: { className?: string }) {
  const t = useTranslations('ui');
  return (
    <span className={cn('text-ink-faint', className)} title={t('unknownValue')}>
      <span aria-hidden>–</span>
      <span className="sr-only">{t('unknownValue')}</span>
    </span>
  );
}

/** Numbers as text, in the language of the page. For text that is not JSX: titles, labels, ICU arguments. */
export function useNumberText() {
  const format = useFormatter();
  return useMemo(
    () => ({
      count: (value: number) => format.number(value),
      compact: (value: number) =>
        Math.abs(value) < 10_000
          ? format.number(value)
          : format.number(value, { notation: 'compact', maximumFractionDigits: 1 }),
      percent: (value: number) =>
        format.number(shownPercent(value) / 100, { style: 'percent', maximumFractionDigits: 1 }),
      bytes: (value: number) => {
        const { amount, unit } = inByteUnit(value);
        return `${format.number(amount, { maximumFractionDigits: unit === 'B' ? 0 : 1 })} ${unit}`;
      },
    }),
    [format],
  );
}

/** A whole number with separators; with `isCompact` large ones are shortened and shown in full on hover. */
export function Count({ value, isCompact, unit }: { value: Known; isCompact?: boolean; unit?: string }) {
  const text = useNumberText();
  if (value === null || value === undefined) return <UnknownValue />;
  const full = unit ? `${text.count(value)} ${unit}` : text.count(value);
  return (
    <span title={isCompact || unit ? full : undefined}>
      {isCompact ? text.compact(value) : text.count(value)}
    </span>
  );
}

/** A size in binary units, in bytes on hover. */
export function Bytes({ value }: { value: Known }) {
  const text = useNumberText();
  const t = useTranslations('ui');
  if (value === null || value === undefined) return <UnknownValue />;
  return (
    <span className="whitespace-nowrap" title={t('bytes', { count: value })}>
      {text.bytes(value)}
    </span>
  );
}

/** A percentage from 0 to 100, rounded down to one decimal. */
export function Percent({ value }: { value: Known }) {
  const text = useNumberText();
  if (value === null || value === undefined) return <UnknownValue />;
  return <span title={`${value} %`}>{text.percent(value)}</span>;
}
