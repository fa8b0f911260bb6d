'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Message } from '../../../lib/contract/messages.ts';
import { Bytes } from '../../ui/format.tsx';
import { MessageTime } from '../message-time.tsx';
import { MessageMarks } from '../table/message-marks.tsx';

/** What Kafka knows of a message: when, by whom and how it was written. */
export function MessageFacts({ message }: { message: Message }) {
  const t = useTranslations('messages.detail');
  const { topic, leaderEpoch, producerId, producerEpoch, compression, transaction, control } = message;
  return (
    <div className="space-y-2">
      <p className="flex flex-wrap gap-1.5 empty:hidden">
        <MessageMarks message={message} />
      </p>
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-x-4 gap-y-2 rounded-md border border-line px-3 py-2">
        <Fact name={t('time')} isWide>
          <MessageTime value={message.timestamp} isFull />
          {message.timestampType !== 'none' && (
            <span className="text-ink-faint"> – {t(message.timestampType)}</span>
          )}
        </Fact>
        {topic !== undefined && <Fact name={t('topic')}>{topic}</Fact>}
        <Fact name={t('size')}>
          <Bytes value={message.size} />
        </Fact>
        <Fact name={t('compression')}>{compression}</Fact>
        {leaderEpoch !== undefined && <Fact name={t('leaderEpoch')}>{leaderEpoch}</Fact>}
        {producerId !== undefined && (
          <Fact name={t('producer')}>
            {t('producerValue', { id: String(producerId), epoch: String(producerEpoch ?? '') })}
          </Fact>
        )}
        {message.isTransactional && (
          <Fact name={t('transaction')}>{t(`transactions.${transaction ?? 'unknown'}`)}</Fact>
        )}
        {control && <Fact name={t('control')}>{control.text}</Fact>}
      </dl>
    </div>
  );
}

function Fact({ name, isWide, children }: { name: string; isWide?: boolean; children: ReactNode }) {
  return (
    <div className={isWide ? 'col-span-full min-w-0' : 'min-w-0'}>
      <dt className="text-2xs text-ink-faint">{name}</dt>
      <dd className="text-[0.8125rem] break-words">{children}</dd>
    </div>
  );
}
