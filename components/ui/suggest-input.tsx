'use client';
import { Autocomplete as Base } from '@base-ui/react/autocomplete';
import { type ReactNode, useMemo, useState } from 'react';
import { cn } from './class-names.ts';
import { controlClass } from './input.tsx';
import { popupClass, popupItemClass } from './popup-class.ts';

export interface SuggestInputProps {
  value: string;
  onValueChange: (value: string) => void;
  /** Offered as one types; anything else may be typed as well. */
  suggestions: readonly string[];
  /** Beside a suggestion: what it is. */
  noteOf?: (suggestion: string) => ReactNode;
  /** Accessible name. */
  label: string;
  placeholder?: string;
  isInvalid?: boolean;
  inputMode?: 'numeric' | 'decimal';
  className?: string;
  inputClassName?: string;
}

const OFFERED = 50;

/** What has the typed text in it; all while nothing is typed, none where it is the very thing. */
function matchingOf(suggestions: readonly string[], typed: string): string[] {
  const text = typed.trim().toLowerCase();
  const matching = suggestions.filter((each) => each.toLowerCase().includes(text));
  return matching.length === 1 && matching[0] === typed ? [] : matching.slice(0, OFFERED);
}

/** A text box that offers what could be meant. */
export function SuggestInput(props: SuggestInputProps) {
  const { value, onValueChange, suggestions, noteOf, label } = props;
  const [isOpen, setOpen] = useState(false);
  const matching = useMemo(() => matchingOf(suggestions, value), [suggestions, value]);
  return (
    <Base.Root
      items={matching}
      filter={null}
      value={value}
      onValueChange={onValueChange}
      openOnInputClick
      // An open list hides the rest of the page from assistive technology: one with nothing in it must not.
      open={isOpen && matching.length > 0}
      onOpenChange={setOpen}
    >
      <div className={cn('min-w-0', props.className)}>
        <Base.Input
          aria-label={label}
          aria-invalid={props.isInvalid || undefined}
          placeholder={props.placeholder}
          inputMode={props.inputMode}
          spellCheck={false}
          autoComplete="off"
          className={cn(controlClass, 'h-8 w-full px-2.5', props.inputClassName)}
        />
      </div>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="z-60 data-empty:hidden">
          <Base.Popup
            className={cn(
              popupClass,
              'max-h-[min(var(--available-height),18rem)] min-w-(--anchor-width) max-w-[min(30rem,calc(100vw-2rem))] overflow-y-auto p-1',
            )}
          >
            <Base.List>
              {(suggestion: string) => (
                <Base.Item
                  key={suggestion}
                  value={suggestion}
                  className={cn(popupItemClass, 'justify-between gap-4')}
                >
                  <span className="min-w-0 break-all font-mono text-xs">{suggestion}</span>
                  {noteOf ? (
                    <span className="max-w-40 shrink-0 truncate text-2xs text-ink-faint">
                      {noteOf(suggestion)}
                    </span>
                  ) : null}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
