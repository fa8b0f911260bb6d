'use client';

import { useTranslations } from 'next-intl';
import type { Failure } from '../../../lib/contract/failure.ts';
import type { SeenField } from '../../../lib/contract/serdes.ts';
import type { DraftEditing } from '../search/use-draft.ts';
import { CelEditor, type CelProblem } from './cel-editor.tsx';
import { useCelWords } from './cel-words.ts';
import { ConditionRows } from './condition-rows.tsx';
import { MoreFilters } from './more-filters.tsx';
import { useConditions } from './use-conditions.ts';

export interface FilterPanelProps {
  editing: DraftEditing;
  fields: readonly SeenField[];
  isSeveral: boolean;
  failure: Failure | null;
}

/** Everything that can be asked of messages beyond the form's line: conditions, the expression that says them, and the rest. */
export function FilterPanel({ editing, fields, isSeveral, failure }: FilterPanelProps) {
  const t = useTranslations('messages.builder');
  const words = useCelWords();
  const { draft, edit, run } = editing;
  const conditions = useConditions(draft.filter, fields, (filter) => edit({ filter }));
  const problem = problemOf(failure, 'filter');
  return (
    <div className="rounded-lg border border-line bg-surface">
      <div className="grid gap-x-8 gap-y-4 p-4 lg:grid-cols-2">
        <section className="min-w-0" aria-label={t('title')}>
          <h2 className="mb-2 font-semibold text-[0.8125rem]">{t('title')}</h2>
          <ConditionRows editing={conditions} fields={fields} isSeveral={isSeveral} />
        </section>
        <section className="min-w-0" aria-label={t('expression')}>
          <h2 className="mb-1.5 font-semibold text-[0.8125rem]">{t('expression')}</h2>
          <CelEditor
            label={t('expression')}
            placeholder={'value.total > 100 && value.shipTo.country == "KR"'}
            describedBy="filter-expression-note"
            value={draft.filter}
            onChange={(filter) => edit({ filter })}
            onSubmit={() => run()}
            words={words}
            fields={fields}
            problem={problem}
          />
          <p
            id="filter-expression-note"
            role="status"
            className={`mt-1 text-xs ${problem ? 'text-critical' : 'text-ink-faint'}`}
          >
            {problem ? problem.message : t('expressionHint')}
          </p>
        </section>
      </div>
      <div className="border-line border-t p-4">
        <MoreFilters editing={editing} />
      </div>
    </div>
  );
}

/** What the server said of that field. */
function problemOf(failure: Failure | null, name: string): CelProblem | null {
  return failure?.fields?.find(({ field }) => field === name) ?? null;
}
