'use client';

import { useTranslations } from 'next-intl';
import type { Message } from '../../../lib/contract/messages.ts';
import { consumeCommands, produceCommands } from '../../../lib/kafka/command-line.ts';
import { useEndpoint } from '../../data/use-endpoint.ts';
import { OfficialCommands } from '../../kafka/official-commands.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureLine } from '../../ui/error-state.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import type { Reading } from './reading.ts';
import { commandOfReading } from './reading-command.ts';

export interface CommandDialogProps {
  cluster: string;
  topic: string;
  reading: Reading;
  /** What has been read. */
  messages: readonly Message[];
  onClose: () => void;
}

/** What the page reads, and what sends to it, as command lines of Kafka's own tools. */
export function CommandDialog({ cluster, topic, reading, messages, onClose }: CommandDialogProps) {
  const t = useTranslations('messages.command');
  const clusters = useEndpoint('listClusters', {}, { refetchInterval: false });
  const target = clusters.data?.items.find(({ id }) => id === cluster);
  const { options, isExact, hasAll } = commandOfReading(topic, reading, messages);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={t('title')}
      description={t('description')}
    >
      {target ? (
        <div className="space-y-4">
          <section aria-label={t('read')}>
            <h3 className="mb-1.5 text-[0.8125rem] font-semibold">{t('read')}</h3>
            {!isExact && <p className="mb-1.5 text-xs text-ink-soft">{t('notExact')}</p>}
            {!hasAll && <p className="mb-1.5 text-xs text-ink-soft">{t('notFiltered')}</p>}
            <OfficialCommands {...consumeCommands(target, options)} />
          </section>
          <section aria-label={t('send')}>
            <h3 className="mb-1.5 text-[0.8125rem] font-semibold">{t('send')}</h3>
            <p className="mb-1.5 text-xs text-ink-soft">{t('sendHint')}</p>
            <OfficialCommands commands={produceCommands(target, topic, ':').commands} files={[]} />
          </section>
        </div>
      ) : clusters.failure ? (
        <FailureLine failure={clusters.failure} />
      ) : (
        <SkeletonRows rows={3} />
      )}
    </Dialog>
  );
}
