'use client';

import { useTranslations } from 'next-intl';
import type { Plan } from '../../lib/contract/plans.ts';
import { OfficialCommands } from '../kafka/official-commands.tsx';
import { ChangeList } from '../ui/change-list.tsx';
import { FailureLine } from '../ui/error-state.tsx';
import { HealthMark } from '../ui/health.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { BrokerLoadTable } from './broker-load-table.tsx';
import { DeletionTable } from './deletion-table.tsx';
import { MoveTable } from './move-table.tsx';
import type { PlanPreview } from './use-plan-preview.ts';

/** Changes shown at once; the command lines and files always hold all of them. */
const CHANGES_SHOWN = 50;

/** Warnings of one kind in sight before the rest is folded away: sixty groups must not hide what else is lost. */
const WARNINGS_SHOWN = 3;

export interface PlanViewProps extends Pick<PlanPreview, 'plan' | 'failure' | 'isWorking'> {
  /** What stands there before there is a plan. */
  idle?: string;
}

/** What a change will do: before and after, warnings, and the official command line that does the same. */
export function PlanView({ plan, failure, isWorking, idle }: PlanViewProps) {
  const t = useTranslations('plans');
  return (
    <section aria-label={t('preview')} aria-busy={isWorking} className="min-h-32">
      <h3 className="mb-1.5 flex min-h-5 items-center gap-2 text-[0.8125rem] font-semibold">
        {t('preview')}
        <span role="status" className="text-xs font-normal text-ink-faint">
          {isWorking ? t('working') : ''}
        </span>
      </h3>
      {failure && <FailureLine failure={failure} />}
      {!failure && plan && <PlanBody plan={plan} />}
      {!failure && !plan && !isWorking && (
        <p className="text-[0.8125rem] text-ink-faint">{idle ?? t('waitingForInput')}</p>
      )}
      {!failure && !plan && isWorking && (
        <div aria-hidden className="space-y-2 rounded-md border border-line p-3">
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/2" />
        </div>
      )}
    </section>
  );
}

function PlanBody({ plan }: { plan: Plan }) {
  const t = useTranslations('plans');
  const rest = plan.changes.length - CHANGES_SHOWN;
  const isNothing = plan.changes.length === 0 && plan.moves.length === 0;
  return (
    <div className="space-y-4">
      {isNothing && <p className="text-[0.8125rem] text-ink-soft">{t('nothing')}</p>}
      <Warnings warnings={plan.warnings} />
      {plan.changes.length > 0 && (
        <div>
          <ChangeList changes={plan.changes.slice(0, CHANGES_SHOWN)} />
          {rest > 0 && <p className="mt-1 text-xs text-ink-faint">{t('moreChanges', { count: rest })}</p>}
        </div>
      )}
      {plan.deletions && !isNothing && <DeletionTable deletions={plan.deletions} />}
      {plan.moves.length > 0 && <MoveTable moves={plan.moves} bytesToMove={plan.bytesToMove} />}
      {plan.brokers.length > 0 && <BrokerLoadTable brokers={plan.brokers} />}
      {!isNothing && <Commands plan={plan} />}
    </div>
  );
}

function Warnings({ warnings }: Pick<Plan, 'warnings'>) {
  const t = useTranslations('plans');
  if (warnings.length === 0) return null;
  return (
    <ul
      aria-label={t('warnings')}
      className="space-y-1.5 rounded-md bg-warning-surface px-3 py-2 text-[0.8125rem]"
    >
      {[...Map.groupBy(warnings, ({ code }) => code)].map(([code, alike]) => (
        <li key={code} className="flex gap-2">
          <HealthMark health="warning" className="mt-0.5" />
          <div className="min-w-0 flex-1">
            <WarningTitle code={code} />
            {alike.slice(0, WARNINGS_SHOWN).map(toDetail)}
            {alike.length > WARNINGS_SHOWN && (
              <details>
                <summary className="text-ink-soft hover:text-ink">
                  {t('moreChanges', { count: alike.length - WARNINGS_SHOWN })}
                </summary>
                {alike.slice(WARNINGS_SHOWN).map(toDetail)}
              </details>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function toDetail({ subject, detail }: Plan['warnings'][number]) {
  return <p key={`${subject ?? ''} ${detail}`}>{detail}</p>;
}

/** The kind of warning; its detail comes from the server in the language of the page. */
function WarningTitle({ code }: { code: string }) {
  const t = useTranslations('plans.warningTitles');
  const key = code as Parameters<typeof t>[0];
  return t.has(key) ? <span className="block font-medium">{t(key)}</span> : null;
}

function Commands({ plan }: { plan: Plan }) {
  const t = useTranslations('plans');
  if (plan.commands.length === 0) return null;
  return (
    <details className="group">
      <summary className="text-[0.8125rem] font-medium text-ink-soft hover:text-ink">{t('commands')}</summary>
      <div className="mt-2">
        <OfficialCommands commands={plan.commands} files={plan.files} />
      </div>
    </details>
  );
}
