'use client';

import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { TopicSerdes } from '../../../lib/contract/serdes.ts';
import { useAction } from '../../data/use-action.ts';
import { Menu, MenuRadio } from '../../ui/menu.tsx';

export interface SerdeChipProps {
  cluster: string;
  topic: string;
  part: 'key' | 'value';
  serdes: TopicSerdes;
  /** Messages are read otherwise now. */
  onChange: () => void;
}

const AUTO = 'auto';

/** How a topic's keys or values are read, why, and another way to read them. It is kept for everybody. */
export function SerdeChip({ cluster, topic, part, serdes, onChange }: SerdeChipProps) {
  const t = useTranslations('messages.serde');
  const { serde, source, reason } = serdes[part];
  const set = useAction('setTopicSerdes', { done: t('done') });

  async function choose(chosen: string) {
    const body = { [part]: chosen === AUTO ? null : chosen };
    if (await set.run({ params: { cluster, topic }, body })) onChange();
  }

  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={t(part, { serde })}
          title={reason}
          disabled={set.isBusy}
          className="inline-flex h-5 items-center gap-0.5 rounded-sm bg-sunken pr-0.5 pl-1.5 text-2xs text-ink-soft hover:bg-hover hover:text-ink data-popup-open:bg-hover"
        >
          {serde}
          <ChevronDown aria-hidden className="size-3" />
        </button>
      }
      className="max-h-96 w-64 overflow-y-auto"
    >
      <p className="px-2 pt-1.5 pb-1 text-ink-soft text-xs whitespace-normal">
        {t(`sources.${source}`)}: {reason}
      </p>
      <MenuRadio
        label={t('readAs')}
        value={source === 'chosen' ? serde : AUTO}
        onValueChange={(chosen) => void choose(chosen)}
        choices={[
          { value: AUTO, label: t('auto') },
          ...serdes.available.map((value) => ({ value: value as string, label: value })),
        ]}
      />
    </Menu>
  );
}
