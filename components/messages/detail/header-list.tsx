'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { Message, Payload } from '../../../lib/contract/messages.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { SearchInput } from '../../ui/input.tsx';
import { payloadText } from '../payload-bytes.ts';
import { MarkedText } from '../table/marked-text.tsx';
import type { FindMatches } from '../table/matches.ts';

/** From so many on they are found by typing, and drawn only where they are in sight. */
const MANY = 60;
const ROW_HEIGHT = 37;

type Header = Message['headers'][number];

export interface HeaderListProps {
  headers: readonly Header[];
  find: FindMatches | null;
}

/** Headers in the order of the record; the same name may stand several times. */
export function HeaderList({ headers, find }: HeaderListProps) {
  const t = useTranslations('messages');
  if (headers.length === 0) return <p className="text-[0.8125rem] text-ink-soft">{t('detail.noHeaders')}</p>;
  if (headers.length >= MANY) return <ManyHeaders headers={headers} find={find} />;
  return (
    <dl className="divide-y divide-line rounded-md border border-line">
      {headers.map((header, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and the list of a message never changes
        <HeaderRow key={index} header={header} find={find} />
      ))}
    </dl>
  );
}

function ManyHeaders({ headers, find }: HeaderListProps) {
  const t = useTranslations('messages.detail');
  const [text, setText] = useState('');
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const shown = useMemo(() => headersWith(headers, text), [headers, text]);
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  return (
    <div className="space-y-2">
      <SearchInput label={t('findHeader')} value={text} onValueChange={setText} className="max-w-none" />
      <section
        ref={setScroller}
        aria-label={t('headerCount', { count: shown.length })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        data-scrolls
        className="max-h-[50dvh] overflow-auto rounded-md border border-line"
      >
        <dl className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              ref={virtualizer.measureElement}
              data-index={index}
              className="absolute inset-x-0 top-0 border-line border-b"
              style={{ transform: `translateY(${start}px)` }}
            >
              <HeaderRow header={shown[index] as Header} find={find} />
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

function headersWith(headers: readonly Header[], text: string): readonly Header[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return headers;
  return headers.filter(
    ({ key, value }) =>
      key.toLowerCase().includes(wanted) || (value && payloadText(value).toLowerCase().includes(wanted)),
  );
}

function HeaderRow({ header: { key, value }, find }: { header: Header; find: FindMatches | null }) {
  const t = useTranslations('messages.detail');
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 px-3 py-1 sm:grid-cols-[minmax(6rem,1fr)_2fr_auto]">
      <dt className="break-all py-1.5 font-mono text-ink-soft text-xs max-sm:pb-0">
        <MarkedText text={key} matches={find?.(key) ?? []} />
      </dt>
      <dd className="min-w-0 break-all py-1.5 font-mono text-xs max-sm:row-start-2 max-sm:pt-0.5">
        {value === null ? (
          <span className="text-ink-faint italic">null</span>
        ) : (
          <HeaderValue value={value} find={find} />
        )}
      </dd>
      <dd className="size-7 max-sm:row-span-2">
        {value && <CopyButton text={() => payloadText(value)} label={t('copyPart', { part: key })} />}
      </dd>
    </div>
  );
}

function HeaderValue({ value, find }: { value: Payload; find: FindMatches | null }) {
  const text = payloadText(value);
  return <MarkedText text={text} matches={find?.(text) ?? []} />;
}
