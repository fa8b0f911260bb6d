'use client';

import { GitCompareArrows } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Message } from '../../../../lib/contract/messages.ts';
import { Button } from '../../../ui/button.tsx';
import { FailureLine } from '../../../ui/error-state.tsx';
import { useNumberText } from '../../../ui/format.tsx';
import type { MessageAddress } from '../../message-address.ts';
import { MessageTime } from '../../message-time.tsx';
import { DiffView } from './diff-view.tsx';
import { queryOfPrevious } from './previous-of-key.ts';
import { usePrevious } from './use-previous.ts';

export interface CompareSectionProps {
  cluster: string;
  topic: string;
  message: Message;
  /** There is room for two texts side by side. */
  isWide: boolean;
  onOpen: (address: MessageAddress) => void;
}

/** What has changed since the message before with the same key, which is looked for when a person asks. */
export function CompareSection({ cluster, topic, message, isWide, onOpen }: CompareSectionProps) {
  const t = useTranslations('messages.compare');
  const text = useNumberText();
  const { state, start, stop } = usePrevious(cluster, topic, message);
  if (queryOfPrevious(message) === null) return null;
  return (
    <section className="mt-5" aria-label={t('title')}>
      <div className="mb-1.5 flex min-h-7 flex-wrap items-center gap-2">
        <h3 className="font-semibold text-[0.8125rem]">{t('title')}</h3>
        {state.kind === 'idle' && (
          <Button size="small" icon={GitCompareArrows} onClick={start}>
            {t('start')}
          </Button>
        )}
        {state.kind === 'searching' && (
          <>
            <span role="status" className="text-ink-soft text-xs">
              {t('searching', { scanned: text.count(state.scanned) })}
            </span>
            <Button size="small" onClick={stop}>
              {t('stop')}
            </Button>
          </>
        )}
        {state.kind === 'found' && (
          <>
            <span className="text-ink-soft text-xs">
              {t('found', { offset: String(state.message.offset) })}{' '}
              <MessageTime value={state.message.timestamp} />
            </span>
            <Button
              size="small"
              tone="quiet"
              onClick={() =>
                onOpen({
                  topic: message.topic,
                  partition: state.message.partition,
                  offset: state.message.offset,
                })
              }
            >
              {t('open')}
            </Button>
          </>
        )}
      </div>
      {state.kind === 'none' && <p className="text-[0.8125rem] text-ink-soft">{t('none')}</p>}
      {state.kind === 'failed' && <FailureLine failure={state.failure} />}
      {state.kind === 'found' && (
        <DiffView before={state.message.value} after={message.value} isWide={isWide} />
      )}
    </section>
  );
}
