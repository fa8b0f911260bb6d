'use client';

import { useTranslations } from 'next-intl';
import type { ConfigEntry } from '../../lib/contract/configs.ts';
import { readableAmount } from './config-units.ts';

/** A config's value as Kafka has it, and beside it what a person would call it: `604800000` is 7 days. */
export function ConfigValue({ entry }: { entry: Pick<ConfigEntry, 'name' | 'value' | 'isSensitive'> }) {
  const t = useTranslations('configs');
  const units = useTranslations('topics.amounts');
  if (entry.isSensitive) return <span className="text-ink-faint italic">{t('sensitive')}</span>;
  if (entry.value === null) return <span className="text-ink-faint italic">{t('unset')}</span>;
  if (entry.value === '') return <span className="text-ink-faint italic">{t('empty')}</span>;
  const amount = readableAmount(entry.name, entry.value);
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <span className="font-mono text-xs leading-5 break-all">{entry.value}</span>
      {amount && (
        <span className="text-xs text-ink-faint">
          {amount === 'unlimited' ? t('unlimited') : units(amount.unit, { count: Number(amount.amount) })}
        </span>
      )}
    </span>
  );
}
