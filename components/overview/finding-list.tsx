'use client';
import { ArrowLeftRight, ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { brokersPath, plansPath, topicsPath } from '../data/paths.ts';
import { HealthMark } from '../ui/health.tsx';
import type { Finding, FindingTarget } from './findings.ts';

function pathOf(target: FindingTarget, cluster: string): string {
  if (target === 'brokers') return brokersPath(cluster);
  if (target === 'plans') return plansPath(cluster);
  return `${topicsPath(cluster)}?health=${target.slice('topics-'.length)}&internal=true`;
}

export interface FindingListProps {
  cluster: string;
  findings: Finding[];
  partitionCount: number;
}

/** What is wrong, why, and where to go: a line each, or one line that all is well. */
export function FindingList({ cluster, findings, partitionCount }: FindingListProps) {
  const t = useTranslations('overview');
  const locale = useLocale();
  const listing = useMemo(() => new Intl.ListFormat(locale, { type: 'conjunction' }), [locale]);
  const names = (ids: number[]) => listing.format(ids.map(String));
  const cause = ({ code, downBrokers, laggingBrokers }: Finding) => {
    if (code === 'not-preferred' || code === 'reassigning' || code === 'no-controller') return null;
    if (downBrokers.length > 0) {
      return t('cause.down', { count: downBrokers.length, brokers: names(downBrokers) });
    }
    if (laggingBrokers.length > 0) {
      return t('cause.lagging', { count: laggingBrokers.length, brokers: names(laggingBrokers) });
    }
    return null;
  };
  if (findings.length === 0) {
    return (
      <p className="flex items-center gap-2 rounded-lg border border-line bg-surface px-4 py-2.5 text-[0.8125rem]">
        <HealthMark health="ok" />
        {t('allWell', { count: partitionCount })}
      </p>
    );
  }
  return (
    <ul aria-label={t('findings')} className="divide-y divide-line rounded-lg border border-line bg-surface">
      {findings.map((finding) => (
        <li
          key={finding.code}
          className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-2.5 text-[0.8125rem]"
        >
          <div className="flex min-w-64 flex-1 gap-2">
            {finding.severity === 'note' ? (
              <ArrowLeftRight aria-hidden className="mt-px size-4 shrink-0 text-ink-faint" />
            ) : (
              <HealthMark health={finding.severity} className="mt-px" />
            )}
            <p className="min-w-0">
              {finding.severity === 'note' ? null : (
                <span className="sr-only">{t(`severity.${finding.severity}`)}: </span>
              )}
              <span className="font-medium">{t(`finding.${finding.code}`, { count: finding.count })}</span>{' '}
              <span className="text-ink-soft">
                {cause(finding)} {t(`advice.${finding.code}`)}
              </span>
            </p>
          </div>
          <Link
            href={pathOf(finding.target, cluster)}
            className="ml-6 inline-flex min-h-6 items-center gap-1 rounded-xs font-medium underline decoration-edge/60 underline-offset-3 hover:decoration-ink sm:ml-0"
          >
            {t(`target.${finding.target}`)}
            <ArrowRight aria-hidden className="size-3.5" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
