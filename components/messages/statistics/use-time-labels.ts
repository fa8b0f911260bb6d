'use client';

import { useLocale, useTimeZone } from 'next-intl';
import { useMemo } from 'react';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface TimeLabels {
  /** As short as it can be beside its neighbours. */
  short: (milliseconds: number) => string;
  /** With the day. */
  full: (milliseconds: number) => string;
}

/** Times as text, as exact as buckets of this width are, over a time that spans so long. */
export function useTimeLabels(bucketMs: number, spanMs: number): TimeLabels {
  const [locale, timeZone] = [useLocale(), useTimeZone()];
  return useMemo(() => {
    const clock: Intl.DateTimeFormatOptions = {
      hour: '2-digit',
      minute: '2-digit',
      ...(bucketMs < MINUTE ? { second: '2-digit' } : {}),
      ...(bucketMs < 1000 ? { fractionalSecondDigits: 3 } : {}),
      hourCycle: 'h23',
    };
    const day: Intl.DateTimeFormatOptions = {
      month: 'short',
      day: 'numeric',
      ...(spanMs > 300 * DAY ? { year: 'numeric' } : {}),
    };
    const format = (options: Intl.DateTimeFormatOptions) => {
      const { format: text } = new Intl.DateTimeFormat(locale, { ...options, timeZone });
      return (milliseconds: number) => text(new Date(milliseconds));
    };
    const isByDay = bucketMs >= DAY;
    return {
      short: format(isByDay ? day : spanMs > DAY ? { ...day, ...clock } : clock),
      full: format(isByDay ? { ...day, year: 'numeric' } : { ...day, ...clock }),
    };
  }, [locale, timeZone, bucketMs, spanMs]);
}
