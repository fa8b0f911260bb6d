'use client';

import { Download, FileUp, Forward, ListX, Send } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Message } from '../../../lib/contract/messages.ts';
import { MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { MoreMenu } from './more-menu.tsx';
import type { ReadQuery } from './resend-form.ts';

const ProduceDialog = dynamic(() => import('./produce-dialog.tsx').then((module) => module.ProduceDialog), {
  ssr: false,
});
const ResendDialog = dynamic(() => import('./resend-dialog.tsx').then((module) => module.ResendDialog), {
  ssr: false,
});
const ExportDialog = dynamic(() => import('./export-dialog.tsx').then((module) => module.ExportDialog), {
  ssr: false,
});
const ImportDialog = dynamic(() => import('./import-dialog.tsx').then((module) => module.ImportDialog), {
  ssr: false,
});
const DeleteRecordsDialog = dynamic(
  () => import('../../changes/delete-records-dialog.tsx').then((module) => module.DeleteRecordsDialog),
  { ssr: false },
);

type Doing = 'produce' | 'resend' | 'export' | 'import' | 'delete';

export interface MessageActionsProps {
  cluster: string;
  topic: string;
  partitionCount: number | null;
  /** What the page reads. */
  query: ReadQuery;
  /** What has been read, for the names of headers. */
  messages: readonly Message[];
}

/** Everything that can be done with the messages of a page, and the dialogs that do it. */
export function MessageActions({ cluster, topic, partitionCount, query, messages }: MessageActionsProps) {
  const t = useTranslations('doing.actions');
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  return (
    <>
      <MoreMenu>
        <MenuItem icon={Send} onSelect={() => setDoing('produce')}>
          {t('produce')}
        </MenuItem>
        <MenuItem icon={Forward} onSelect={() => setDoing('resend')}>
          {t('resend')}
        </MenuItem>
        <MenuItem icon={Download} onSelect={() => setDoing('export')}>
          {t('export')}
        </MenuItem>
        <MenuItem icon={FileUp} onSelect={() => setDoing('import')}>
          {t('import')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={ListX} isDangerous onSelect={() => setDoing('delete')}>
          {t('delete')}
        </MenuItem>
      </MoreMenu>
      {doing === 'produce' && (
        <ProduceDialog cluster={cluster} topic={topic} partitionCount={partitionCount} onClose={close} />
      )}
      {doing === 'resend' && (
        <ResendDialog
          cluster={cluster}
          what={{ kind: 'search', topics: [topic], query }}
          headerNames={headerNamesOf(messages)}
          onClose={close}
        />
      )}
      {doing === 'export' && <ExportDialog cluster={cluster} topic={topic} query={query} onClose={close} />}
      {doing === 'import' && <ImportDialog cluster={cluster} topic={topic} onClose={close} />}
      {doing === 'delete' && (
        <DeleteRecordsDialog
          cluster={cluster}
          topic={topic}
          partitionCount={partitionCount}
          onClose={close}
        />
      )}
    </>
  );
}

/** Names of headers among the first messages. */
export function headerNamesOf(messages: readonly Message[]): string[] {
  return [...new Set(messages.slice(0, 200).flatMap(({ headers }) => headers.map(({ key }) => key)))].slice(
    0,
    50,
  );
}
