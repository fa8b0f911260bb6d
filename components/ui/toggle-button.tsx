import type { LucideIcon } from 'lucide-react';
import { cn } from './class-names.ts';

export interface ToggleButtonProps {
  icon: LucideIcon;
  /** What is on when it is pressed: the accessible name, and the tip on hover. */
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  isDisabled?: boolean;
  className?: string;
}

/** A small switch as an icon, inside a text box or a bar: pressed or not. */
export function ToggleButton({
  icon: Icon,
  label,
  isOn,
  onChange,
  isDisabled,
  className,
}: ToggleButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      aria-pressed={isOn}
      disabled={isDisabled}
      onClick={() => onChange(!isOn)}
      className={cn(
        'grid size-6 shrink-0 place-items-center rounded-sm text-ink-faint enabled:hover:bg-hover enabled:hover:text-ink',
        'aria-pressed:bg-inverse aria-pressed:text-on-inverse enabled:aria-pressed:hover:bg-inverse-hover enabled:aria-pressed:hover:text-on-inverse disabled:opacity-45',
        className,
      )}
    >
      <Icon aria-hidden className="size-4" />
    </button>
  );
}
