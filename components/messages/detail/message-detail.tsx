'use client';

import { ChevronDown, ChevronUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import type { Message } from '../../../lib/contract/messages.ts';
import { IconButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Drawer } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureLine } from '../../ui/error-state.tsx';
import { Badge } from '../../ui/health.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { type MessageAddress, messageHref } from '../message-address.ts';
import { MessageTime } from '../message-time.tsx';
import { MessageHeaders, MessagePart } from './message-part.tsx';
import type { PayloadViewKind } from './payload-view.tsx';
import { type SingleMessage, useSingleMessage } from './use-single-message.ts';

export interface MessageDetailProps {
  cluster: string;
  topic: string;
  address: MessageAddress | null;
  /** Messages in the order of the table, to go up and down in. */
  messages: readonly Message[];
  onOpen: (address: MessageAddress | null, history?: 'push' | 'replace') => void;
  /** What else can be done with the message. */
  actions?: (message: Message) => ReactNode;
}

function isCut({ key, value, headers }: Message): boolean {
  return [key, value, ...headers.map((header) => header.value)].some((payload) => payload?.isTruncated);
}

/** One message beside the table: `k` or `↑` goes to the one above, `j` or `↓` to the one below. */
export function MessageDetail({ cluster, topic, address, messages, onOpen, actions }: MessageDetailProps) {
  const t = useTranslations('messages.detail');
  const [wish, setWish] = useState<PayloadViewKind | null>(null);
  const index = address
    ? messages.findIndex((each) => each.partition === address.partition && each.offset === address.offset)
    : -1;
  const listed = messages[index] ?? null;
  const single = useSingleMessage(cluster, topic, address && (!listed || isCut(listed)) ? address : null);
  const message = single.found?.message ?? listed;
  const above = index > 0 ? messages[index - 1] : undefined;
  const below = index >= 0 ? messages[index + 1] : undefined;

  useEffect(() => {
    if (!address) return;
    function step(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      const isWriting = target.closest('input:not([type="radio"]), textarea') !== null;
      // Arrows belong to a choice of views and to what scrolls; letters do not.
      const isTaken =
        event.key.startsWith('Arrow') && target.closest('[role=radiogroup], [data-scrolls]') !== null;
      if (event.altKey || event.ctrlKey || event.metaKey || isWriting || isTaken) return;
      const next = STEP[event.key] === 'above' ? above : STEP[event.key] === 'below' ? below : undefined;
      if (!next) return;
      event.preventDefault();
      onOpen(next, 'replace');
    }
    window.addEventListener('keydown', step);
    return () => window.removeEventListener('keydown', step);
  }, [address, above, below, onOpen]);

  return (
    <Drawer
      isOpen={address !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) onOpen(null);
      }}
      title={address ? t('title', { partition: address.partition, offset: String(address.offset) }) : ''}
      width="medium"
      footer={
        <>
          <IconButton
            icon={ChevronUp}
            label={t('previous')}
            tone="plain"
            disabled={!above}
            onClick={() => above && onOpen(above, 'replace')}
          />
          <IconButton
            icon={ChevronDown}
            label={t('next')}
            tone="plain"
            disabled={!below}
            onClick={() => below && onOpen(below, 'replace')}
          />
          <span aria-hidden className="mr-auto hidden gap-1 sm:flex">
            <Kbd>k</Kbd>
            <Kbd>j</Kbd>
          </span>
          {message && actions?.(message)}
          {message && <CopyButton text={JSON.stringify(message, null, 2)}>{t('copyJson')}</CopyButton>}
          {address && (
            <CopyButton text={absolute(messageHref(cluster, topic, address))}>{t('permalink')}</CopyButton>
          )}
        </>
      }
    >
      {address && message && <Content message={message} wish={wish} onWish={setWish} />}
      {address && !message && single.isLoading && <SkeletonRows rows={8} />}
      {single.failure && single.failure.code !== 'invalid_request' && (
        <FailureLine failure={single.failure} className="mt-3" />
      )}
      {address && !message && single.failure?.code === 'invalid_request' && (
        <EmptyState title={t('gone')}>{single.failure.message}</EmptyState>
      )}
      {address && !message && single.found && <Gone log={single.found.log} />}
    </Drawer>
  );
}

const STEP: Record<string, 'above' | 'below'> = {
  k: 'above',
  ArrowUp: 'above',
  j: 'below',
  ArrowDown: 'below',
};

function absolute(href: string): string {
  return typeof window === 'undefined' ? href : new URL(href, window.location.origin).href;
}

function Gone({ log }: { log: SingleMessage['log'] }) {
  const t = useTranslations('messages.detail');
  return (
    <EmptyState title={t('gone')}>
      {log
        ? t('goneDetail', { start: String(log.logStartOffset), end: String(log.logEndOffset) })
        : t('goneUnknown')}
    </EmptyState>
  );
}

interface ContentProps {
  message: Message;
  wish: PayloadViewKind | null;
  onWish: (kind: PayloadViewKind) => void;
}

function Content({ message, wish, onWish }: ContentProps) {
  const t = useTranslations('messages');
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[0.8125rem] text-ink-soft">
        <MessageTime value={message.timestamp} isFull />
        {message.timestampType !== 'none' && <span>({t(`detail.${message.timestampType}`)})</span>}
        {message.compression !== 'none' && (
          <Badge title={t('detail.compression')}>{message.compression}</Badge>
        )}
        {message.isTransactional && <Badge>{t('detail.transactional')}</Badge>}
        {message.value === null && <Badge title={t('marks.tombstoneHint')}>{t('tombstone')}</Badge>}
      </p>
      <MessagePart
        title={t('detail.key')}
        payload={message.key}
        nullText={t('nullKey')}
        wish={wish}
        onWish={onWish}
      />
      <MessagePart
        title={t('detail.value')}
        payload={message.value}
        nullText={`${t('tombstone')} – ${t('marks.tombstoneHint')}`}
        wish={wish}
        onWish={onWish}
      />
      <section className="mt-5">
        <h3 className="mb-1.5 text-[0.8125rem] font-semibold">
          {t('detail.headerCount', { count: message.headers.length })}
        </h3>
        <MessageHeaders headers={message.headers} />
      </section>
    </>
  );
}
