'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Message } from '../../../lib/contract/messages.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';

export interface SelectionBarProps {
  selected: readonly Message[];
  onClear: () => void;
  /** What else can be done with them. */
  actions?: ReactNode;
}

/** What can be done with the messages that are ticked. */
export function SelectionBar({ selected, onClear, actions }: SelectionBarProps) {
  const t = useTranslations('messages.select');
  if (selected.length === 0) return null;
  const lines = () => selected.map((message) => JSON.stringify(message)).join('\n');
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-lg bg-selected px-3 py-1.5 text-[0.8125rem]">
      <span role="status" className="mr-1 font-medium">
        {t('count', { count: selected.length })}
      </span>
      {actions}
      <CopyButton text={lines}>{t('copy')}</CopyButton>
      <Button size="small" tone="quiet" icon={X} onClick={onClear}>
        {t('clear')}
      </Button>
    </div>
  );
}
