'use client';

import { Forward } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Message } from '../../../lib/contract/messages.ts';
import { Button } from '../../ui/button.tsx';
import { headerNamesOf } from './message-actions.tsx';

const ResendDialog = dynamic(() => import('./resend-dialog.tsx').then((module) => module.ResendDialog), {
  ssr: false,
});

export interface ResendChosenProps {
  cluster: string;
  /** Of messages that do not say theirs. */
  topic: string;
  chosen: readonly Message[];
}

/** Sends the messages again that are ticked. */
export function ResendChosen({ cluster, topic, chosen }: ResendChosenProps) {
  const t = useTranslations('doing.actions');
  const [messages, setMessages] = useState<readonly Message[] | null>(null);
  return (
    <>
      <Button size="small" icon={Forward} onClick={() => setMessages(chosen)}>
        {t('resendChosen', { count: chosen.length })}
      </Button>
      {messages && (
        <ResendDialog
          cluster={cluster}
          what={{
            kind: 'messages',
            messages: messages.map((one) => ({
              topic: one.topic ?? topic,
              partition: one.partition,
              offset: one.offset,
            })),
          }}
          headerNames={headerNamesOf(messages)}
          onClose={() => setMessages(null)}
        />
      )}
    </>
  );
}
