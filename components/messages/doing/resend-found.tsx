'use client';

import { useTranslations } from 'next-intl';
import type { Message } from '../../../lib/contract/messages.ts';
import { ResendButton } from './resend-button.tsx';
import type { ReadQuery } from './resend-form.ts';

export interface ResendFoundProps {
  cluster: string;
  topics: readonly string[];
  query: ReadQuery;
  /** What has been found so far. */
  messages: readonly Message[];
}

/** Sends all again that a search of several topics finds. */
export function ResendFound({ cluster, topics, query, messages }: ResendFoundProps) {
  const t = useTranslations('doing.actions');
  return (
    <ResendButton cluster={cluster} what={{ kind: 'search', topics, query }} messages={messages} tone="quiet">
      {t('resend')}
    </ResendButton>
  );
}
