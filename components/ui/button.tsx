import type { LucideIcon } from 'lucide-react';
import { LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

export type ButtonTone = 'primary' | 'plain' | 'quiet' | 'danger';
export type ButtonSize = 'small' | 'medium';

const tones: Record<ButtonTone, string> = {
  primary:
    'border-transparent bg-inverse text-on-inverse enabled:hover:bg-inverse-hover [a&]:hover:bg-inverse-hover',
  plain: 'border-edge bg-surface text-ink enabled:hover:bg-hover [a&]:hover:bg-hover',
  quiet:
    'border-transparent bg-transparent text-ink-soft enabled:hover:bg-hover enabled:hover:text-ink [a&]:hover:bg-hover [a&]:hover:text-ink',
  danger: 'border-critical bg-surface text-critical enabled:hover:bg-critical-surface',
};

const sizes: Record<ButtonSize, string> = {
  small: 'h-7 gap-1.5 px-2.5 text-xs',
  medium: 'h-8 gap-2 px-3 text-[0.8125rem]',
};

/** Classes of a button, for elements that look like one (a menu trigger, a link). */
export function buttonClass(
  tone: ButtonTone = 'plain',
  size: ButtonSize = 'medium',
  ...more: (string | undefined)[]
) {
  return cn(
    'inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap select-none',
    'transition-colors disabled:cursor-not-allowed disabled:opacity-55 data-popup-open:bg-hover',
    tones[tone],
    sizes[size],
    ...more,
  );
}

export interface ButtonProps extends ComponentProps<'button'> {
  tone?: ButtonTone;
  size?: ButtonSize;
  icon?: LucideIcon;
  /** Shows that the action is under way and takes no second click. */
  isBusy?: boolean;
}

export function Button({ tone, size, icon: Icon, isBusy, className, children, ...props }: ButtonProps) {
  const Shown = isBusy ? LoaderCircle : Icon;
  return (
    <button
      type="button"
      {...props}
      disabled={props.disabled || isBusy}
      aria-busy={isBusy || undefined}
      className={buttonClass(tone, size, className)}
    >
      {Shown ? (
        <Shown
          aria-hidden
          className={cn('size-4', size === 'small' && 'size-3.5', isBusy && 'animate-spin')}
        />
      ) : null}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon;
  /** What it does: the accessible name, and the tip on hover. */
  label: string;
  tone?: ButtonTone;
  size?: ButtonSize;
}

export function IconButton({
  icon: Icon,
  label,
  tone = 'quiet',
  size = 'medium',
  className,
  ...props
}: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...props}
      aria-label={label}
      className={buttonClass(tone, size, size === 'small' ? 'size-7 px-0' : 'size-8 px-0', className)}
    >
      <Icon aria-hidden className={size === 'small' ? 'size-3.5' : 'size-4'} />
    </button>
  );
}

export interface ButtonLinkProps extends ComponentProps<typeof Link> {
  tone?: ButtonTone;
  size?: ButtonSize;
  icon?: LucideIcon;
  children: ReactNode;
}

/** A link that looks like a button, for going somewhere. */
export function ButtonLink({ tone, size, icon: Icon, className, children, ...props }: ButtonLinkProps) {
  return (
    <Link {...props} className={buttonClass(tone, size, className)}>
      {Icon ? <Icon aria-hidden className={size === 'small' ? 'size-3.5' : 'size-4'} /> : null}
      {children}
    </Link>
  );
}
