'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import { useState } from 'react';
import type { PartitionMove, PlanRequest } from '../../lib/contract/plans.ts';
import { ItemFailures } from '../changes/item-failures.tsx';
import { PlanView } from '../changes/plan-view.tsx';
import { useItemFailures } from '../changes/use-item-failures.ts';
import { usePlanPreview } from '../changes/use-plan-preview.ts';
import { plansPath } from '../data/paths.ts';
import { useAction } from '../data/use-action.ts';
import { useCluster } from '../data/use-cluster.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { Button } from '../ui/button.tsx';
import { PageHeader } from '../ui/card.tsx';
import { ErrorState, FailureLine } from '../ui/error-state.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { GenerateForm } from './generate-form.tsx';
import { type GenerateOptions, generateRequestOf, NEW_GENERATE_OPTIONS } from './generate-options.ts';
import { HandEditor } from './hand-editor.tsx';
import { replicaKey } from './replica-edit.ts';
import { TopicPicker } from './topic-picker.tsx';
import { useHandEdits } from './use-hand-edits.ts';

type Mode = 'generate' | 'hand';

/** Moves replicas: choose topics and brokers or write replicas by hand, see the plan, start it. */
export function ReassignPage() {
  const t = useTranslations('plans.reassign');
  const plans = useTranslations('plans');
  const cluster = useCluster();
  const router = useRouter();
  const [topics, setTopics] = useQueryState('topics', parseAsArrayOf(parseAsString).withDefault([]));
  const [mode, setMode] = useState<Mode>('generate');
  const [options, setOptions] = useState<GenerateOptions>(NEW_GENERATE_OPTIONS);
  const brokers = useEndpoint('listBrokers', { params: { cluster } }, { refetchInterval: 5000 });
  const hand = useHandEdits(cluster, mode === 'hand' ? topics : [], brokers.data?.items ?? []);
  const { failed, keep } = useItemFailures();

  const generated = generateRequestOf(topics, options, brokers.data?.items ?? []);
  const body = mode === 'generate' ? generated : hand.request;
  const request: PlanRequest | null = body === null ? null : { operation: 'reassign', body };
  const start = useAction('alterReassignments', {
    done: (answer) => {
      const count = answer.items.filter((item) => item.ok).length;
      return count > 0 ? t('started', { count }) : undefined;
    },
    showsFailure: true,
  });
  const [isDone, setDone] = useState(false);
  const preview = usePlanPreview(cluster, request, { isHeld: start.isBusy || isDone });
  const moves = preview.plan?.moves ?? [];

  async function submit() {
    const answer = await start.run({ params: { cluster }, body: { targets: moves.map(targetOf) } });
    if (!answer || keep(answer) > 0) return;
    setDone(true);
    router.push(plansPath(cluster));
  }

  function editByHand() {
    hand.begin(moves.map((move) => [replicaKey(move), move.after.join(', ')]));
    setMode('hand');
  }

  const isReady = request !== null && !preview.isWorking && !preview.failure && moves.length > 0;
  return (
    <div className="space-y-4">
      <PageHeader
        trail={<TextLink href={plansPath(cluster)}>{plans('title')}</TextLink>}
        title={t('title')}
        description={t('description')}
      />
      {brokers.failure && !brokers.data ? (
        <ErrorState failure={brokers.failure} onRetry={brokers.retry} />
      ) : (
        <div className="grid gap-x-8 gap-y-6 lg:grid-cols-[minmax(20rem,2fr)_3fr]">
          <div className="min-w-0 space-y-4">
            <h2 className="sr-only">{t('choice')}</h2>
            <TopicPicker cluster={cluster} topics={topics} onChange={(next) => void setTopics(next)} />
            <Segmented
              label={t('mode')}
              value={mode}
              onValueChange={setMode}
              choices={(['generate', 'hand'] as const).map((value) => ({
                value,
                label: t(value === 'generate' ? 'generate' : 'byHand'),
              }))}
            />
            {mode === 'generate' ? (
              <GenerateForm brokers={brokers.data?.items} options={options} onChange={setOptions} />
            ) : (
              <HandEditor hand={hand} />
            )}
          </div>
          <div className="min-w-0 space-y-3">
            <PlanView {...preview} />
            <ItemFailures failed={failed} />
            {start.failure && <FailureLine failure={start.failure} />}
            <div className="flex flex-wrap justify-end gap-2">
              {mode === 'generate' && moves.length > 0 && (
                <Button onClick={editByHand} disabled={preview.isWorking}>
                  {t('editPlan')}
                </Button>
              )}
              <Button
                tone="primary"
                disabled={!isReady}
                isBusy={start.isBusy || isDone}
                onClick={() => void submit()}
              >
                {t('start')}
              </Button>
            </div>
          </div>
        </div>
      )}
    </div>
  );
}

function targetOf({ topic, partition, after }: PartitionMove) {
  return { topic, partition, replicas: after };
}
