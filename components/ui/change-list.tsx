'use client';
import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

export interface ShownChange {
  subject: ReactNode;
  /** Null: it was not there. */
  before: ReactNode | null;
  /** Null: it will not be there. */
  after: ReactNode | null;
  key?: string;
}

/** What changes from what to what, a line each: the heart of every plan preview. */
export function ChangeList({ changes }: { changes: readonly ShownChange[] }) {
  const t = useTranslations('ui');
  return (
    <dl className="divide-y divide-line rounded-md border border-line">
      {changes.map((change, index) => (
        <div
          key={change.key ?? (typeof change.subject === 'string' ? change.subject : index)}
          className="grid gap-x-4 gap-y-1 px-3 py-2 text-[0.8125rem] sm:grid-cols-[minmax(8rem,2fr)_3fr]"
        >
          <dt className="min-w-0 font-mono text-xs leading-5 text-ink-soft">{change.subject}</dt>
          <dd className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 font-mono text-xs leading-5">
            {change.before === null ? (
              <span className="font-sans text-ink-faint">{t('absent')}</span>
            ) : (
              <del className="text-ink-faint decoration-edge">{change.before}</del>
            )}
            <ArrowRight aria-label={t('becomes')} className="size-3.5 shrink-0 text-ink-faint" />
            {change.after === null ? (
              <span className="font-sans text-ink-faint">{t('absent')}</span>
            ) : (
              <ins className="font-semibold no-underline">{change.after}</ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
