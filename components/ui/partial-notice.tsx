'use client';
import { useTranslations } from 'next-intl';
import type { PartialProblem } from '../../lib/contract/problem.ts';
import { cn } from './class-names.ts';
import { HealthMark } from './health.tsx';

/** Says what a page lacks, why, and what to do, while the rest is shown. Nothing when it is complete. */
export function PartialNotice({
  problems,
  className,
}: {
  problems: PartialProblem[] | undefined;
  className?: string;
}) {
  const t = useTranslations('ui');
  if (!problems || problems.length === 0) return null;
  return (
    <div
      role="status"
      className={cn('rounded-lg border border-line bg-warning-surface px-3 py-2 text-[0.8125rem]', className)}
    >
      <p className="flex items-center gap-2 font-medium">
        <HealthMark health="warning" />
        {t('partial', { count: problems.length })}
      </p>
      <ul className="mt-1 space-y-0.5 pl-6">
        {problems.slice(0, 5).map((problem) => (
          <li key={`${problem.subject}\n${problem.detail}`} className="text-ink-soft">
            <span className="font-medium text-ink">{problem.subject}</span>: {sentence(problem.detail)}
            {problem.action ? ` ${sentence(problem.action)}` : null}
          </li>
        ))}
        {problems.length > 5 ? (
          <li className="text-ink-soft">{t('andMore', { count: problems.length - 5 })}</li>
        ) : null}
      </ul>
    </div>
  );
}

/** What went wrong and what to do are two sentences, whether or not they come with their full stop. */
const sentence = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`);
