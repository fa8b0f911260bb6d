'use client';

import { useTranslations } from 'next-intl';
import { ChangeDialog } from '../changes/change-dialog.tsx';
import { usePlanPreview } from '../changes/use-plan-preview.ts';
import { alterPlan, useAlterConfigs } from './config-target.ts';
import type { ConfigDialogProps } from './edit-config-dialog.tsx';

/** Takes the own value of a topic or broker away, after showing what it inherits then. */
export function ResetConfigDialog({ target, entry, onClose }: ConfigDialogProps) {
  const t = useTranslations('configs');
  const changes = { [entry.name]: null };
  const preview = usePlanPreview(target.cluster, alterPlan(target, changes));
  const alter = useAlterConfigs(target, t('wasReset', { name: entry.name }));

  async function submit() {
    if (await alter.run(changes)) onClose();
  }

  return (
    <ChangeDialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={t('resetTitle', { name: entry.name })}
      description={t('resetDetail')}
      preview={preview}
      submitLabel={t('resetSubmit')}
      onSubmit={() => void submit()}
      isBusy={alter.isBusy}
      isComplete
      failure={alter.failure}
    />
  );
}
