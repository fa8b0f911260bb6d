import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { cn } from './class-names.ts';
import { controlClass } from './input.tsx';
import { popupClass, popupItemClass } from './popup-class.ts';

export interface Choice<Value extends string> {
  value: Value;
  label: ReactNode;
  isDisabled?: boolean;
}

export interface SelectProps<Value extends string> {
  value: Value;
  onValueChange: (value: Value) => void;
  choices: readonly Choice<Value>[];
  /** Accessible name; leave out when a Field labels it by `id`. */
  label?: string;
  id?: string;
  name?: string;
  isDisabled?: boolean;
  isInvalid?: boolean;
  describedBy?: string;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** One of a few values. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const {
    value,
    onValueChange,
    choices,
    label,
    id,
    name,
    isDisabled,
    isInvalid,
    describedBy,
    className,
    ref,
  } = props;
  return (
    <Base.Root
      items={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next);
      }}
      name={name}
      disabled={isDisabled}
      modal={false}
    >
      <Base.Trigger
        ref={ref}
        id={id}
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        aria-describedby={describedBy}
        className={cn(
          controlClass,
          'inline-flex h-8 min-w-32 items-center justify-between gap-2 px-2.5',
          className,
        )}
      >
        <Base.Value className="truncate" />
        <Base.Icon>
          <ChevronsUpDown aria-hidden className="size-3.5 text-ink-faint" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-60">
          <Base.Popup
            className={cn(
              popupClass,
              'max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto p-1',
            )}
          >
            <Base.List>
              {choices.map((choice) => (
                <Base.Item
                  key={choice.value}
                  value={choice.value}
                  disabled={choice.isDisabled}
                  className={cn(popupItemClass, 'pr-8 relative')}
                >
                  <Base.ItemText>{choice.label}</Base.ItemText>
                  <Base.ItemIndicator className="absolute right-2">
                    <Check aria-hidden className="size-4" />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
