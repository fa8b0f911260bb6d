'use client';

import { ArrowLeftRight, ChevronDown, Crown, ListX, Plus, Send, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TopicDetail } from '../../lib/contract/topics.ts';
import { AddPartitionsDialog } from '../changes/add-partitions-dialog.tsx';
import { DeleteTopicDialog } from '../changes/delete-topic-dialog.tsx';
import { ElectDialog } from '../changes/elect-dialog.tsx';
import { reassignPath, topicsPath } from '../data/paths.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '../ui/menu.tsx';

/** Fetched when they are first opened. */
const ProduceDialog = dynamic(
  () => import('../messages/doing/produce-dialog.tsx').then((module) => module.ProduceDialog),
  { ssr: false },
);
const DeleteRecordsDialog = dynamic(
  () => import('../changes/delete-records-dialog.tsx').then((module) => module.DeleteRecordsDialog),
  { ssr: false },
);

type Dialog = 'produce' | 'grow' | 'elect' | 'delete-records' | 'delete';

export interface TopicActionsProps {
  cluster: string;
  topic: string;
  detail: TopicDetail | undefined;
}

/** Everything that can be done to a topic, and the dialogs that do it. */
export function TopicActions({ cluster, topic, detail }: TopicActionsProps) {
  const t = useTranslations('topics.actions');
  const router = useRouter();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <Button icon={Send} onClick={() => setDialog('produce')}>
        {t('produce')}
      </Button>
      <Menu
        trigger={
          <Button>
            {t('menu')}
            <ChevronDown aria-hidden className="size-4" />
          </Button>
        }
      >
        <MenuItem icon={Plus} isDisabled={!detail} onSelect={() => setDialog('grow')}>
          {t('addPartitions')}
        </MenuItem>
        <MenuLink icon={ArrowLeftRight} href={reassignPath(cluster, [topic])}>
          {t('reassign')}
        </MenuLink>
        <MenuItem icon={Crown} onSelect={() => setDialog('elect')}>
          {t('elect')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={ListX} isDangerous isDisabled={!detail} onSelect={() => setDialog('delete-records')}>
          {t('deleteRecords')}
        </MenuItem>
        <MenuItem icon={Trash2} isDangerous isDisabled={!detail} onSelect={() => setDialog('delete')}>
          {t('delete')}
        </MenuItem>
      </Menu>
      {dialog === 'produce' && (
        <ProduceDialog
          cluster={cluster}
          topic={topic}
          partitionCount={detail?.partitionCount ?? null}
          onClose={close}
        />
      )}
      {dialog === 'grow' && detail && (
        <AddPartitionsDialog
          cluster={cluster}
          topic={topic}
          partitionCount={detail.partitionCount}
          onClose={close}
        />
      )}
      {dialog === 'elect' && <ElectDialog cluster={cluster} topic={topic} onClose={close} />}
      {dialog === 'delete-records' && detail && (
        <DeleteRecordsDialog
          cluster={cluster}
          topic={topic}
          partitionCount={detail.partitionCount}
          onClose={close}
        />
      )}
      {dialog === 'delete' && (
        <DeleteTopicDialog
          cluster={cluster}
          topic={topic}
          isInternal={detail?.isInternal ?? false}
          onClose={close}
          onDeleted={() => router.push(topicsPath(cluster))}
        />
      )}
    </>
  );
}
