import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useMemo } from 'react';

export interface MessageTimeProps {
  value: string | null;
  /** With the year and the zone, for where there is room. */
  isFull?: boolean;
}

/** When a message was made, to the millisecond: messages of one second must not look alike. */
export function MessageTime({ value, isFull = false }: MessageTimeProps) {
  const t = useTranslations('messages');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const format = useMemo(
    () =>
      new Intl.DateTimeFormat(locale, {
        ...(isFull ? { year: 'numeric', timeZoneName: 'short' } : {}),
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        fractionalSecondDigits: 3,
        hourCycle: 'h23',
        timeZone,
      }),
    [locale, timeZone, isFull],
  );
  if (value === null) return <span className="text-ink-faint italic">{t('noTime')}</span>;
  return (
    <time dateTime={value} title={value} className="whitespace-nowrap">
      {format.format(new Date(value))}
    </time>
  );
}
