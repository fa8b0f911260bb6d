'use client';

import { Copy, Forward, ListX } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Message } from '../../../lib/contract/messages.ts';
import { MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { headerNamesOf } from './message-actions.tsx';
import { formOfMessage } from './message-copy.ts';
import { MoreMenu } from './more-menu.tsx';

const ProduceDialog = dynamic(() => import('./produce-dialog.tsx').then((module) => module.ProduceDialog), {
  ssr: false,
});
const ResendDialog = dynamic(() => import('./resend-dialog.tsx').then((module) => module.ResendDialog), {
  ssr: false,
});
const DeleteRecordsDialog = dynamic(
  () => import('../../changes/delete-records-dialog.tsx').then((module) => module.DeleteRecordsDialog),
  { ssr: false },
);

export interface SingleMessageActionsProps {
  cluster: string;
  topic: string;
  partitionCount: number | null;
  message: Message;
}

/** What can be done with one message: send it again as it is, make another of it, delete up to it. */
export function SingleMessageActions({ cluster, topic, partitionCount, message }: SingleMessageActionsProps) {
  const t = useTranslations('doing.actions');
  // Of the message that was looked at when it was chosen: the page may go on to the next one.
  const [chosen, setChosen] = useState<{ doing: 'resend' | 'copy' | 'delete'; message: Message } | null>(
    null,
  );
  const close = () => setChosen(null);
  const setDoing = (doing: 'resend' | 'copy' | 'delete') => setChosen({ doing, message });
  const canCopy = formOfMessage(message) !== null;
  const doing = chosen?.doing;
  const { partition, offset } = chosen?.message ?? message;
  const copy = chosen ? formOfMessage(chosen.message) : null;
  return (
    <>
      <MoreMenu>
        <MenuItem icon={Forward} onSelect={() => setDoing('resend')}>
          {t('resendOne')}
        </MenuItem>
        <MenuItem icon={Copy} isDisabled={!canCopy} onSelect={() => setDoing('copy')}>
          {t('copy')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={ListX} isDangerous onSelect={() => setDoing('delete')}>
          {t('deleteUpTo')}
        </MenuItem>
      </MoreMenu>
      {doing === 'resend' && (
        <ResendDialog
          cluster={cluster}
          what={{ kind: 'messages', messages: [{ topic, partition, offset }] }}
          headerNames={headerNamesOf([message])}
          onClose={close}
        />
      )}
      {doing === 'copy' && copy && (
        <ProduceDialog
          cluster={cluster}
          topic={topic}
          partitionCount={partitionCount}
          initial={copy}
          onClose={close}
        />
      )}
      {doing === 'delete' && (
        <DeleteRecordsDialog
          cluster={cluster}
          topic={topic}
          partitionCount={partitionCount}
          initial={{ partition, offset }}
          onClose={close}
        />
      )}
    </>
  );
}
