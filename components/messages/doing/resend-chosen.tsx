'use client';

import { useTranslations } from 'next-intl';
import type { Message } from '../../../lib/contract/messages.ts';
import { ResendButton } from './resend-button.tsx';

export interface ResendChosenProps {
  cluster: string;
  /** Of messages that do not say theirs. */
  topic: string;
  chosen: readonly Message[];
}

/** Sends the messages again that are ticked. */
export function ResendChosen({ cluster, topic, chosen }: ResendChosenProps) {
  const t = useTranslations('doing.actions');
  const messages = chosen.map((one) => ({
    topic: one.topic ?? topic,
    partition: one.partition,
    offset: one.offset,
  }));
  return (
    <ResendButton cluster={cluster} what={{ kind: 'messages', messages }} messages={chosen}>
      {t('resendChosen', { count: chosen.length })}
    </ResendButton>
  );
}
