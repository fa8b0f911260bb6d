'use client';

import { useTranslations } from 'next-intl';
import { useAction } from '../data/use-action.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FailureLine } from '../ui/error-state.tsx';
import { HealthMark } from '../ui/health.tsx';
import { PlanView } from './plan-view.tsx';
import { usePlanPreview } from './use-plan-preview.ts';

export interface DeleteTopicDialogProps {
  cluster: string;
  topic: string;
  isInternal: boolean;
  onClose: () => void;
  onDeleted?: () => void;
}

/** Deletes a topic after its name was typed, showing what goes with it. */
export function DeleteTopicDialog({
  cluster,
  topic,
  isInternal,
  onClose,
  onDeleted,
}: DeleteTopicDialogProps) {
  const t = useTranslations('topics.remove');
  const remove = useAction('deleteTopic', { done: t('done', { topic }), showsFailure: true });
  const preview = usePlanPreview(cluster, { operation: 'delete-topic', topic }, { isHeld: remove.isBusy });

  async function confirm() {
    const answer = await remove.run({ params: { cluster, topic } });
    if (!answer) return;
    onClose();
    onDeleted?.();
  }

  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={<span className="break-all">{t('title', { topic })}</span>}
      description={t('description')}
      confirmLabel={t('submit')}
      onConfirm={() => void confirm()}
      isDangerous
      isBusy={remove.isBusy}
      isConfirmDisabled={preview.plan === undefined}
      nameToType={topic}
    >
      <div className="space-y-3">
        {isInternal && (
          <p className="flex gap-2 rounded-md bg-critical-surface px-3 py-2 text-[0.8125rem]">
            <HealthMark health="critical" className="mt-0.5" />
            {t('internal')}
          </p>
        )}
        <PlanView {...preview} />
        {remove.failure && <FailureLine failure={remove.failure} />}
      </div>
    </ConfirmDialog>
  );
}
