'use client';

import { ArrowLeftRight, Crown, EllipsisVertical, MessagesSquare, Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { TopicRow } from '../../lib/contract/topics.ts';
import { AddPartitionsDialog } from '../changes/add-partitions-dialog.tsx';
import { DeleteTopicDialog } from '../changes/delete-topic-dialog.tsx';
import { ElectDialog } from '../changes/elect-dialog.tsx';
import { messagesPath, reassignPath } from '../data/paths.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '../ui/menu.tsx';

export interface RowDialog {
  kind: 'grow' | 'elect' | 'delete';
  row: TopicRow;
}

export interface TopicRowMenuProps {
  cluster: string;
  row: TopicRow;
  onDialog: (dialog: RowDialog) => void;
}

export function TopicRowMenu({ cluster, row, onDialog }: TopicRowMenuProps) {
  const t = useTranslations('topics');
  return (
    <Menu
      trigger={<IconButton size="small" icon={EllipsisVertical} label={t('rowMenu', { topic: row.name })} />}
    >
      <MenuLink icon={MessagesSquare} href={messagesPath(cluster, row.name)}>
        {t('actions.messages')}
      </MenuLink>
      <MenuItem icon={Plus} onSelect={() => onDialog({ kind: 'grow', row })}>
        {t('actions.addPartitions')}
      </MenuItem>
      <MenuLink icon={ArrowLeftRight} href={reassignPath(cluster, [row.name])}>
        {t('actions.reassign')}
      </MenuLink>
      <MenuItem icon={Crown} onSelect={() => onDialog({ kind: 'elect', row })}>
        {t('actions.elect')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Trash2} isDangerous onSelect={() => onDialog({ kind: 'delete', row })}>
        {t('actions.delete')}
      </MenuItem>
    </Menu>
  );
}

export interface TopicRowDialogProps {
  cluster: string;
  dialog: RowDialog;
  onClose: () => void;
}

/** The dialog that a row's menu has asked for. It stays when the row is scrolled or filtered away. */
export function TopicRowDialog({ cluster, dialog: { kind, row }, onClose }: TopicRowDialogProps) {
  switch (kind) {
    case 'grow':
      return (
        <AddPartitionsDialog
          cluster={cluster}
          topic={row.name}
          partitionCount={row.partitionCount}
          onClose={onClose}
        />
      );
    case 'elect':
      return <ElectDialog cluster={cluster} topic={row.name} onClose={onClose} />;
    case 'delete':
      return (
        <DeleteTopicDialog cluster={cluster} topic={row.name} isInternal={row.isInternal} onClose={onClose} />
      );
  }
}
