'use client';
import { Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

/** Edge, surface and focus that every text control shares. */
export const controlClass =
  'rounded-md border border-edge bg-surface text-[0.8125rem] text-ink max-sm:text-base ' +
  'focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-(--ring) ' +
  'disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-faint ' +
  'aria-invalid:border-critical data-invalid:border-critical';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      autoComplete="off"
      spellCheck={false}
      {...props}
      className={cn(controlClass, 'h-8 w-full px-2.5', className)}
    />
  );
}

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      spellCheck={false}
      {...props}
      className={cn(controlClass, 'min-h-20 w-full px-2.5 py-1.5', className)}
    />
  );
}

export interface SearchInputProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  value: string;
  onValueChange: (value: string) => void;
  /** Accessible name; also the placeholder unless one is given. */
  label: string;
}

/** Filters as one types; Escape clears. */
export function SearchInput({ value, onValueChange, label, className, ...props }: SearchInputProps) {
  const t = useTranslations('ui');
  return (
    <div className={cn('relative w-full max-w-72', className)}>
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-faint" />
      <Input
        placeholder={label}
        {...props}
        type="text"
        role="searchbox"
        aria-label={label}
        enterKeyHint="search"
        className="px-8"
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          event.stopPropagation();
          onValueChange('');
        }}
      />
      {value === '' ? null : (
        <button
          type="button"
          aria-label={t('clear')}
          onClick={() => onValueChange('')}
          className="absolute top-1 right-1 grid size-6 place-items-center rounded-sm text-ink-faint hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  );
}
