'use client';

import { ChevronDown, ChevronUp, Maximize2, Minimize2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Message } from '../../../lib/contract/messages.ts';
import { IconButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Drawer } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureLine } from '../../ui/error-state.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { formatAddress, isSamePlace, type MessageAddress, messageHref } from '../message-address.ts';
import { shownPayload } from '../payload-bytes.ts';
import type { Reading } from '../search/reading.ts';
import { findMatchesIn } from '../table/matches.ts';
import { CompareSection } from './compare/compare-section.tsx';
import { CopyMenu } from './copy-menu.tsx';
import { HeaderList } from './header-list.tsx';
import { MessageFacts } from './message-facts.tsx';
import { PayloadSection } from './payload-section.tsx';
import type { PayloadViewKind } from './payload-view.tsx';
import { DETAIL_BYTES, MOST_BYTES, type SingleMessage, useSingleMessage } from './use-single-message.ts';

export interface MessageDetailProps {
  cluster: string;
  topic: string;
  address: MessageAddress | null;
  /** Messages in the order of the table, to go up and down in. */
  messages: readonly Message[];
  /** What was searched for, to mark it. */
  reading: Reading;
  onOpen: (address: MessageAddress | null, history?: 'push' | 'replace') => void;
  /** At the foot: what can be done with the message. */
  actions?: (message: Message) => ReactNode;
}

/** One message beside the table: `k` or `↑` goes to the one above, `j` or `↓` to the one below. */
export function MessageDetail(props: MessageDetailProps) {
  const { cluster, topic, address, messages, onOpen } = props;
  const t = useTranslations('messages.detail');
  const [isLarge, setLarge] = useState(false);
  const index = address ? messages.findIndex((each) => isSamePlace(each, address)) : -1;
  const listed = messages[index] ?? null;
  const { message, single, loadAll } = useWholeMessage(cluster, topic, address, listed);
  const above = index > 0 ? messages[index - 1] : undefined;
  const below = index >= 0 ? messages[index + 1] : undefined;
  useStepKeys(address !== null, above, below, onOpen);

  return (
    <Drawer
      isOpen={address !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) onOpen(null);
      }}
      title={address ? t('title', { partition: address.partition, offset: String(address.offset) }) : ''}
      width={isLarge ? 'largest' : 'large'}
      actions={
        <IconButton
          icon={isLarge ? Minimize2 : Maximize2}
          label={t(isLarge ? 'smaller' : 'larger')}
          onClick={() => setLarge(!isLarge)}
          className="max-lg:hidden"
        />
      }
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
          {message && props.actions?.(message)}
          {message && <CopyMenu cluster={cluster} topic={topic} message={message} />}
          {address && (
            <CopyButton text={absolute(messageHref(cluster, topic, address))}>{t('permalink')}</CopyButton>
          )}
        </>
      }
    >
      {address && message && (
        <Content
          key={formatAddress(address)}
          {...props}
          message={message}
          isLarge={isLarge}
          onLoadAll={loadAll}
          isLoading={single.isLoading}
        />
      )}
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

/** The message of the list, or with more of it where the list has it cut or not at all. */
function useWholeMessage(
  cluster: string,
  topic: string,
  address: MessageAddress | null,
  listed: Message | null,
) {
  const [all, setAll] = useState<string | null>(null);
  const name = address && formatAddress(address);
  const isAll = name !== null && all === name;
  const isNeeded = address !== null && (!listed || isCut(listed));
  const single = useSingleMessage({
    cluster,
    topic,
    address: isNeeded ? address : null,
    maxBytes: isAll ? MOST_BYTES : DETAIL_BYTES,
  });
  const found = single.found?.message;
  // Read by itself, a message does not say its topic.
  const message = useMemo(
    () => (found ? { ...found, topic: address?.topic } : listed),
    [found, listed, address],
  );
  return { message, single, loadAll: isAll ? undefined : () => setAll(name) };
}

function isCut({ key, value, headers }: Message): boolean {
  return [key, value, ...headers.map((header) => header.value)].some(
    (payload) => payload && shownPayload(payload).isCut,
  );
}

const STEP: Record<string, 'above' | 'below'> = {
  k: 'above',
  ArrowUp: 'above',
  j: 'below',
  ArrowDown: 'below',
};

function useStepKeys(
  isOpen: boolean,
  above: Message | undefined,
  below: Message | undefined,
  onOpen: MessageDetailProps['onOpen'],
) {
  useEffect(() => {
    if (!isOpen) return;
    function step(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      const isWriting =
        target.isContentEditable || target.closest('input:not([type="radio"]), textarea') !== null;
      // Arrows belong to a choice of views, to rows of the table and to what scrolls; letters do not.
      const isTaken =
        event.key.startsWith('Arrow') &&
        target.closest('[role=radiogroup], [role=menu], tbody, [data-scrolls]') !== null;
      if (event.altKey || event.ctrlKey || event.metaKey || isWriting || isTaken) return;
      const next = STEP[event.key] === 'above' ? above : STEP[event.key] === 'below' ? below : undefined;
      if (!next) return;
      event.preventDefault();
      onOpen(next, 'replace');
    }
    window.addEventListener('keydown', step);
    return () => window.removeEventListener('keydown', step);
  }, [isOpen, above, below, onOpen]);
}

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

interface ContentProps extends MessageDetailProps {
  message: Message;
  isLarge: boolean;
  onLoadAll: (() => void) | undefined;
  isLoading: boolean;
}

/** The view that was chosen last, for the next message too. */
let lastWish: PayloadViewKind | null = null;

function Content({ cluster, topic, message, reading, onOpen, isLarge, ...loading }: ContentProps) {
  const t = useTranslations('messages');
  const [wish, setWish] = useState(lastWish);
  const find = useMemo(
    () => ({
      key: findMatchesIn(reading, 'key'),
      value: findMatchesIn(reading, 'value'),
      headers: findMatchesIn(reading, 'headers'),
    }),
    [reading],
  );
  const shared = {
    wish,
    onWish: (kind: PayloadViewKind) => {
      lastWish = kind;
      setWish(kind);
    },
    onLoadAll: loading.onLoadAll,
    isLoading: loading.isLoading,
  };
  return (
    <>
      <MessageFacts message={message} />
      <PayloadSection
        title={t('detail.key')}
        payload={message.key}
        nullText={t('nullKey')}
        find={find.key}
        {...shared}
      />
      {!message.control && (
        <PayloadSection
          title={t('detail.value')}
          payload={message.value}
          nullText={`${t('tombstone')} – ${t('marks.tombstoneHint')}`}
          find={find.value}
          {...shared}
        />
      )}
      <section className="mt-5">
        <h3 className="mb-1.5 text-[0.8125rem] font-semibold">
          {t('detail.headerCount', { count: message.headers.length })}
        </h3>
        <HeaderList headers={message.headers} find={find.headers} />
      </section>
      <CompareSection
        cluster={cluster}
        topic={topic}
        message={message}
        isWide={isLarge}
        onOpen={(address) => onOpen(address)}
      />
    </>
  );
}
