'use client';
import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { controlClass } from './input.tsx';
import { popupClass, popupItemClass } from './popup-class.ts';

/** Choices drawn at once; the others are found by typing. */
const DRAWN = 200;
/** From so many on one finds by typing. */
const TYPED_FROM = 8;

export interface MultiSelectProps {
  /** Accessible name. */
  label: string;
  values: readonly string[];
  onValuesChange: (values: string[]) => void;
  /** The list was closed: what is chosen now is meant. */
  onClose?: () => void;
  choices: readonly string[];
  labelOf: (choice: string) => string;
  /** What the closed control shows. */
  children: ReactNode;
  /** Of the choice that takes all others away, e.g. "All partitions". */
  noneLabel: string;
  className?: string;
}

/** Several of a few or many values, none of which means all: a list with ticks that opens from one line. */
export function MultiSelect(props: MultiSelectProps) {
  const { label, values, onValuesChange, onClose, choices, labelOf, children, noneLabel, className } = props;
  const t = useTranslations('ui');
  return (
    <Base.Root
      multiple
      items={choices}
      itemToStringLabel={labelOf}
      value={[...values]}
      onValueChange={onValuesChange}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose?.();
      }}
      limit={DRAWN}
    >
      <Base.Trigger
        aria-label={label}
        className={cn(
          controlClass,
          'inline-flex h-8 min-w-32 items-center justify-between gap-2 px-2.5',
          className,
        )}
      >
        <span className="truncate">{children}</span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="z-60">
          <Base.Popup
            aria-label={label}
            className={cn(
              popupClass,
              'flex max-h-[min(var(--available-height),22rem)] min-w-(--anchor-width) max-w-[calc(100vw-2rem)] flex-col p-1',
            )}
          >
            <Base.Input
              placeholder={t('find')}
              aria-label={t('find')}
              spellCheck={false}
              className={cn(
                controlClass,
                'mb-1 h-8 w-full shrink-0 px-2.5',
                choices.length < TYPED_FROM && 'sr-only',
              )}
            />
            <button
              type="button"
              onClick={() => onValuesChange([])}
              aria-pressed={values.length === 0}
              className={cn(popupItemClass, 'relative shrink-0 pr-8 text-left hover:bg-hover')}
            >
              {noneLabel}
              {values.length === 0 ? <Check aria-hidden className="absolute right-2 size-4" /> : null}
            </button>
            <Base.Empty>
              <p className="px-2 py-1.5 text-[0.8125rem] text-ink-faint">{t('noMatches')}</p>
            </Base.Empty>
            <Base.List className="min-h-0 overflow-y-auto">
              {(choice: string) => (
                <Base.Item key={choice} value={choice} className={cn(popupItemClass, 'relative pr-8')}>
                  <span className="min-w-0 break-words">{labelOf(choice)}</span>
                  <Base.ItemIndicator className="absolute right-2">
                    <Check aria-hidden className="size-4" />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
