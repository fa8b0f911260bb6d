'use client';
import { useFormatter, useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { cn } from './class-names.ts';
import { inByteUnit, inTimeUnit, shownPercent } from './quantity.ts';
import { useNow } from './use-now.ts';

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

/** A moment: relative and moving on, absolute on hover; or the other way round with `form="absolute"`. */
export function Timestamp({
  value,
  form = 'relative',
}: {
  value: string | number | null | undefined;
  form?: 'relative' | 'absolute';
}) {
  const locale = useLocale();
  const timeZone = useTimeZone();
  const now = useNow();
  const formats = useMemo(
    () => ({
      absolute: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone }),
      exact: new Intl.DateTimeFormat(locale, {
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        fractionalSecondDigits: 3,
        timeZoneName: 'short',
        timeZone,
      }),
      relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }),
    }),
    [locale, timeZone],
  );
  if (value === null || value === undefined) return <UnknownValue />;
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) return <UnknownValue />;
  const { amount, unit } = inTimeUnit(Math.min(0, moment.getTime() - now));
  const relative = now === 0 ? formats.absolute.format(moment) : formats.relative.format(amount, unit);
  const exact = formats.exact.format(moment);
  return (
    <time
      dateTime={moment.toISOString()}
      title={form === 'relative' ? exact : `${exact} · ${relative}`}
      className="whitespace-nowrap"
    >
      {form === 'relative' ? relative : formats.absolute.format(moment)}
    </time>
  );
}
