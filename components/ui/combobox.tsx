'use client';
import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from './class-names.ts';
import { controlClass } from './input.tsx';
import { popupClass, popupItemClass } from './popup-class.ts';

interface ComboboxShared {
  choices: readonly string[];
  /** How a choice reads; its value when absent. */
  labelOf?: (choice: string) => string;
  /** Accessible name; leave out when a Field labels it by `id`. */
  label?: string;
  id?: string;
  placeholder?: string;
  isDisabled?: boolean;
  isInvalid?: boolean;
  describedBy?: string;
  className?: string;
  /** Called as one types, to load choices from the server. The list is then shown unfiltered. */
  onSearch?: (text: string) => void;
}

function Choices({ labelOf, emptyText }: Pick<ComboboxShared, 'labelOf'> & { emptyText: string }) {
  return (
    <Base.Portal>
      <Base.Positioner sideOffset={4} className="z-60">
        <Base.Popup
          className={cn(
            popupClass,
            'max-h-[min(var(--available-height),22rem)] w-(--anchor-width) min-w-48 overflow-y-auto p-1',
          )}
        >
          <Base.Empty>
            <p className="px-2 py-1.5 text-[0.8125rem] text-ink-faint">{emptyText}</p>
          </Base.Empty>
          <Base.List>
            {(choice: string) => (
              <Base.Item key={choice} value={choice} className={cn(popupItemClass, 'relative pr-8')}>
                <span className="min-w-0 break-words">{labelOf ? labelOf(choice) : choice}</span>
                <Base.ItemIndicator className="absolute right-2">
                  <Check aria-hidden className="size-4" />
                </Base.ItemIndicator>
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}

export interface ComboboxProps extends ComboboxShared {
  value: string | null;
  onValueChange: (value: string | null) => void;
}

/** One value out of many, found by typing. */
export function Combobox({ value, onValueChange, choices, labelOf, onSearch, ...props }: ComboboxProps) {
  const t = useTranslations('ui');
  return (
    <Base.Root
      items={choices}
      itemToStringLabel={labelOf}
      value={value}
      onValueChange={onValueChange}
      onInputValueChange={onSearch}
      filter={onSearch ? null : undefined}
      disabled={props.isDisabled}
    >
      <Base.InputGroup className={cn('relative w-full', props.className)}>
        <Base.Input
          id={props.id}
          aria-label={props.label}
          aria-invalid={props.isInvalid || undefined}
          aria-describedby={props.describedBy}
          placeholder={props.placeholder}
          spellCheck={false}
          className={cn(controlClass, 'h-8 w-full pr-8 pl-2.5')}
        />
        <Base.Trigger
          aria-label={t('showChoices')}
          className="absolute top-1 right-1 grid size-6 place-items-center rounded-sm text-ink-faint hover:bg-hover"
        >
          <ChevronsUpDown aria-hidden className="size-3.5" />
        </Base.Trigger>
      </Base.InputGroup>
      <Choices labelOf={labelOf} emptyText={t('noMatches')} />
    </Base.Root>
  );
}

export interface MultiComboboxProps extends ComboboxShared {
  values: string[];
  onValuesChange: (values: string[]) => void;
}

/** Several values out of many: chips that Backspace takes away, a list that filters as one types. */
export function MultiCombobox({
  values,
  onValuesChange,
  choices,
  labelOf,
  onSearch,
  ...props
}: MultiComboboxProps) {
  const t = useTranslations('ui');
  return (
    <Base.Root
      multiple
      items={choices}
      value={values}
      onValueChange={onValuesChange}
      onInputValueChange={onSearch}
      filter={onSearch ? null : undefined}
      disabled={props.isDisabled}
    >
      <Base.InputGroup
        className={cn(
          controlClass,
          'flex min-h-8 w-full cursor-text flex-wrap items-center gap-1 px-1.5 py-1 focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-(--ring)',
          props.isInvalid && 'border-critical',
          props.className,
        )}
      >
        <Base.Chips className="flex w-full flex-wrap items-center gap-1" aria-label={props.label}>
          {values.map((value) => (
            <Base.Chip
              key={value}
              aria-label={value}
              className="flex min-h-6 max-w-full items-center gap-1 rounded-sm bg-sunken py-0.5 pr-0.5 pl-1.5 text-xs outline-none data-highlighted:bg-selected"
            >
              <span className="min-w-0 break-all">{labelOf ? labelOf(value) : value}</span>
              <Base.ChipRemove
                aria-label={t('remove', { name: value })}
                className="grid size-5 place-items-center rounded-xs text-ink-faint hover:bg-hover hover:text-ink"
              >
                <X aria-hidden className="size-3" />
              </Base.ChipRemove>
            </Base.Chip>
          ))}
          <Base.Input
            id={props.id}
            aria-label={props.label}
            aria-invalid={props.isInvalid || undefined}
            aria-describedby={props.describedBy}
            placeholder={values.length === 0 ? props.placeholder : undefined}
            spellCheck={false}
            className="h-6 min-w-16 flex-1 border-0 bg-transparent px-1 outline-none"
          />
        </Base.Chips>
      </Base.InputGroup>
      <Choices labelOf={labelOf} emptyText={t('noMatches')} />
    </Base.Root>
  );
}
