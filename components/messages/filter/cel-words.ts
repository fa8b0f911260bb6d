import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { CEL_ENTRIES, type CelEntry } from '../../../lib/cel/catalogue.ts';

/** What can be written in an expression beside fields. */
export interface CelWord {
  name: string;
  kind: CelEntry['kind'];
  /** Types, e.g. `(string) → bool`. */
  detail: string;
  /** What it is, in the language of the page. */
  info: string;
  /** Written with brackets behind it. */
  call: boolean;
}

/** The words that can be completed, each with what it does. */
export function useCelWords(): CelWord[] {
  const t = useTranslations('messages.cel');
  return useMemo(
    () =>
      CEL_ENTRIES.map((entry) => ({
        name: entry.name,
        kind: entry.kind,
        detail: entry.types,
        info: entry.kind === 'variable' ? t(`variables.${entry.name}`) : t(`functions.${entry.name}`),
        call: entry.kind !== 'variable',
      })),
    [t],
  );
}
