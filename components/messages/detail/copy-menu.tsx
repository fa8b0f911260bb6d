'use client';

import { ChevronDown, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Message } from '../../../lib/contract/messages.ts';
import { kcatMessageCommand } from '../../../lib/kafka/command-line.ts';
import { useEndpoint } from '../../data/use-endpoint.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { toastDone } from '../../ui/toaster.tsx';
import { payloadText } from '../payload-bytes.ts';
import { curlCommand } from './curl-command.ts';

export interface CopyMenuProps {
  cluster: string;
  topic: string;
  message: Message;
}

/** The message in other forms: as JSON, its parts as text, or the command that gets it. */
export function CopyMenu({ cluster, topic, message }: CopyMenuProps) {
  const t = useTranslations('messages.copy');
  const clusters = useEndpoint('listClusters', {}, { refetchInterval: false });
  const target = clusters.data?.items.find(({ id }) => id === cluster);
  const { key, value } = message;
  // Over plain HTTP from another machine browsers have no clipboard; then nothing is claimed.
  const copy = (text: string) =>
    void navigator.clipboard?.writeText(text).then(
      () => toastDone(t('done')),
      () => undefined,
    );
  return (
    <Menu
      trigger={
        <Button size="small" icon={Copy}>
          {t('open')}
          <ChevronDown aria-hidden className="size-3.5" />
        </Button>
      }
    >
      <MenuItem onSelect={() => copy(JSON.stringify(message, null, 2))}>{t('json')}</MenuItem>
      <MenuItem isDisabled={!value} onSelect={() => value && copy(payloadText(value))}>
        {t('value')}
      </MenuItem>
      <MenuItem isDisabled={!key} onSelect={() => key && copy(payloadText(key))}>
        {t('key')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => copy(curlCommand(window.location.origin, cluster, topic, message))}>
        {t('curl')}
      </MenuItem>
      <MenuItem
        isDisabled={!target}
        onSelect={() => target && copy(kcatMessageCommand(target, topic, message.partition, message.offset))}
      >
        {t('kcat')}
      </MenuItem>
    </Menu>
  );
}
