'use client';

import { Forward } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Message } from '../../../lib/contract/messages.ts';
import { Button } from '../../ui/button.tsx';
import { headerNamesOf } from './message-actions.tsx';
import type { ReadQuery } from './resend-form.ts';

const ResendDialog = dynamic(() => import('./resend-dialog.tsx').then((module) => module.ResendDialog), {
  ssr: false,
});

export interface ResendFoundProps {
  cluster: string;
  topics: readonly string[];
  query: ReadQuery;
  /** What has been found so far, for the names of headers. */
  messages: readonly Message[];
}

/** Sends all again that a search of several topics finds. */
export function ResendFound({ cluster, topics, query, messages }: ResendFoundProps) {
  const t = useTranslations('doing.actions');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" tone="quiet" icon={Forward} onClick={() => setOpen(true)}>
        {t('resend')}
      </Button>
      {isOpen && (
        <ResendDialog
          cluster={cluster}
          what={{ kind: 'search', topics, query }}
          headerNames={headerNamesOf(messages)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
