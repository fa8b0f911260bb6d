'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { amountOf } from './byte-amount.ts';
import { NEWEST, type Reading } from './reading.ts';

/** What the form has beyond its one line. */
const BEYOND = [
  'until',
  'order',
  'filter',
  'in',
  'key',
  'header',
  'tombstones',
  'minSize',
  'maxSize',
  'isolation',
  'control',
] as const satisfies (keyof Reading)[];

export interface ActiveTest {
  name: (typeof BEYOND)[number];
  value: Reading[(typeof BEYOND)[number]];
}

/** What a reading asks for that is set in the panel of filters. */
export function activeTests(reading: Reading): ActiveTest[] {
  return BEYOND.filter((name) => reading[name] !== NEWEST[name]).map((name) => ({
    name,
    value: reading[name],
  }));
}

export interface ActiveTestsProps {
  tests: ActiveTest[];
  onRemove: (change: Partial<Reading>) => void;
}

/** The filters that are on while their panel is closed, each with a button that takes it off. */
export function ActiveTests({ tests, onRemove }: ActiveTestsProps) {
  const t = useTranslations('messages.search');
  const text = useTestText();
  if (tests.length === 0) return null;
  return (
    <ul aria-label={t('active')} className="flex flex-wrap gap-1.5">
      {tests.map((test) => (
        <li
          key={test.name}
          className="flex min-h-7 max-w-full items-center gap-1 rounded-md border border-line bg-surface py-0.5 pr-0.5 pl-2 text-xs"
        >
          <span className="shrink-0 text-ink-faint">{t(`tests.${test.name}`)}</span>
          <span
            className={`min-w-0 truncate ${test.name === 'filter' ? 'font-mono' : ''}`}
            title={text(test)}
          >
            {text(test)}
          </span>
          <button
            type="button"
            aria-label={t('remove', { name: t(`tests.${test.name}`) })}
            onClick={() => onRemove({ [test.name]: NEWEST[test.name] })}
            className="grid size-6 shrink-0 place-items-center rounded-sm text-ink-faint hover:bg-hover hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What a test wants, in few words. */
function useTestText() {
  const t = useTranslations('messages.search');
  return ({ name, value }: ActiveTest): string => {
    switch (name) {
      case 'in':
        return t(`places.${value as Reading['in']}`);
      case 'order':
        return t(`orders.${value as 'oldest' | 'newest'}`);
      case 'tombstones':
        return t(`tombstones.${value as Reading['tombstones']}`);
      case 'isolation':
        return t(`isolations.${value as Reading['isolation']}`);
      case 'control':
        return t('shown');
      case 'minSize':
      case 'maxSize':
        return amountOf(value as number);
      default:
        return String(value).replace(/^(offset|offsets|timestamp):/, '');
    }
  };
}
