import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { cn } from './class-names.ts';

export interface CheckboxProps {
  isChecked: boolean;
  onCheckedChange: (isChecked: boolean) => void;
  /** Visible text beside the box; without it give `label`. */
  children?: ReactNode;
  /** Accessible name of a box that has no text beside it. */
  label?: string;
  /** Some of what it stands for is chosen. */
  isMixed?: boolean;
  isDisabled?: boolean;
  id?: string;
  className?: string;
  ref?: Ref<HTMLElement>;
}

export function Checkbox({
  isChecked,
  onCheckedChange,
  children,
  label,
  isMixed,
  isDisabled,
  id,
  className,
  ref,
}: CheckboxProps) {
  const box = (
    <Base.Root
      ref={ref}
      id={id}
      aria-label={label}
      checked={isChecked}
      indeterminate={isMixed}
      disabled={isDisabled}
      onCheckedChange={onCheckedChange}
      className={cn(
        'grid size-4.5 shrink-0 place-items-center rounded-sm border border-edge bg-surface',
        'data-checked:border-inverse data-checked:bg-inverse data-indeterminate:border-inverse data-indeterminate:bg-inverse',
        'data-disabled:opacity-50',
        children === undefined && className,
      )}
    >
      <Base.Indicator className="text-on-inverse data-unchecked:hidden">
        {isMixed ? (
          <Minus aria-hidden className="size-3.5" />
        ) : (
          <Check aria-hidden className="size-3.5" strokeWidth={3} />
        )}
      </Base.Indicator>
    </Base.Root>
  );
  if (children === undefined) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the box inside it
    <label
      className={cn(
        'inline-flex min-h-6 items-center gap-2 text-[0.8125rem]',
        isDisabled && 'text-ink-faint',
        className,
      )}
    >
      {box}
      <span className="min-w-0">{children}</span>
    </label>
  );
}
