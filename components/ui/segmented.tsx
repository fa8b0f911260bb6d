import { Radio } from '@base-ui/react/radio';
import { RadioGroup as Base } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import type { Choice } from './select.tsx';

interface OneOfProps<Value extends string> {
  value: Value;
  onValueChange: (value: Value) => void;
  choices: readonly (Choice<Value> & { hint?: ReactNode })[];
  /** Accessible name of the group. */
  label: string;
  className?: string;
}

/** One of two to five short values, all in sight. */
export function Segmented<Value extends string>({
  value,
  onValueChange,
  choices,
  label,
  className,
}: OneOfProps<Value>) {
  return (
    <Base
      aria-label={label}
      value={value}
      onValueChange={(next) => onValueChange(next as Value)}
      className={cn(
        'inline-flex h-8 max-w-full items-stretch overflow-x-auto rounded-md border border-edge bg-sunken p-0.5',
        className,
      )}
    >
      {choices.map((choice) => (
        <Radio.Root
          key={choice.value}
          value={choice.value}
          disabled={choice.isDisabled}
          nativeButton
          render={<button type="button" />}
          className={cn(
            'flex items-center gap-1.5 rounded-sm px-2.5 text-xs font-medium whitespace-nowrap text-ink-soft select-none',
            'hover:text-ink focus-visible:-outline-offset-2 data-checked:bg-surface data-checked:text-ink data-checked:shadow-sm dark:data-checked:bg-selected data-disabled:opacity-50',
          )}
        >
          {choice.label}
        </Radio.Root>
      ))}
    </Base>
  );
}

/** One of a few values with a line of explanation each. */
export function RadioGroup<Value extends string>({
  value,
  onValueChange,
  choices,
  label,
  className,
}: OneOfProps<Value>) {
  return (
    <Base
      aria-label={label}
      value={value}
      onValueChange={(next) => onValueChange(next as Value)}
      className={cn('flex flex-col gap-2', className)}
    >
      {choices.map((choice) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the control is the radio inside it
        <label key={choice.value} className="flex items-start gap-2.5 text-[0.8125rem]">
          <Radio.Root
            value={choice.value}
            disabled={choice.isDisabled}
            className="mt-px grid size-4.5 shrink-0 place-items-center rounded-full border border-edge bg-surface data-checked:border-[5px] data-checked:border-inverse data-disabled:opacity-50"
          />
          <span>
            <span className="font-medium">{choice.label}</span>
            {choice.hint ? <span className="block text-xs text-ink-faint">{choice.hint}</span> : null}
          </span>
        </label>
      ))}
    </Base>
  );
}
