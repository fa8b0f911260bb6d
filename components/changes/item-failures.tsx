import { useTranslations } from 'next-intl';
import type { ItemResult } from './use-item-failures.ts';

/** Items that failed where others went well: one line each, none hidden behind the first. */
export function ItemFailures({ failed }: { failed: readonly ItemResult[] }) {
  const t = useTranslations('plans');
  if (failed.length === 0) return null;
  return (
    <div role="alert" className="rounded-md bg-critical-surface px-3 py-2 text-[0.8125rem]">
      <p className="font-medium text-critical">{t('partlyTitle', { failed: failed.length })}</p>
      <ul className="mt-1 max-h-40 space-y-0.5 overflow-y-auto text-ink-soft">
        {failed.map((item) => (
          <li key={`${item.topic}-${item.partition}`} className="break-all">
            {item.topic}-{item.partition}: {item.error}
          </li>
        ))}
      </ul>
    </div>
  );
}
