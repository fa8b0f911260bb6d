import { Switch as Base } from '@base-ui/react/switch';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

export interface SwitchProps {
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  children: ReactNode;
  isDisabled?: boolean;
  className?: string;
}

/** Something that is on or off at once, without a form. */
export function Switch({ isOn, onChange, children, isDisabled, className }: SwitchProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the switch inside it
    <label className={cn('inline-flex min-h-8 items-center gap-2 text-[0.8125rem] select-none', className)}>
      <Base.Root
        checked={isOn}
        onCheckedChange={onChange}
        disabled={isDisabled}
        className="inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-edge bg-sunken p-px transition-colors data-checked:border-inverse data-checked:bg-inverse data-disabled:opacity-50"
      >
        <Base.Thumb className="size-4 rounded-full bg-edge transition-transform data-checked:translate-x-4 data-checked:bg-on-inverse" />
      </Base.Root>
      {children}
    </label>
  );
}
