'use client';

import { useTranslations } from 'next-intl';
import { useAction } from '../data/use-action.ts';
import { ChangeDialog } from '../plans/change-dialog.tsx';
import { usePlanPreview } from '../plans/use-plan-preview.ts';
import type { ConfigDialogProps } from './edit-config-dialog.tsx';

/** Takes a topic's own value away, after showing what it inherits then. */
export function ResetConfigDialog({ cluster, topic, entry, onClose }: ConfigDialogProps) {
  const t = useTranslations('topic.configuration');
  const changes = { [entry.name]: null };
  const preview = usePlanPreview(cluster, { operation: 'alter-topic-configs', topic, body: { changes } });
  const alter = useAction('alterTopicConfigs', {
    done: t('wasReset', { name: entry.name }),
    showsFailure: true,
  });

  async function submit() {
    if (await alter.run({ params: { cluster, topic }, body: { changes } })) onClose();
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
