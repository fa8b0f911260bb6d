'use client';
import { type ReactNode, useId } from 'react';
import { cn } from './class-names.ts';
import { HealthMark } from './health.tsx';

/** What the control inside a field takes over, so that label, hint and error are read with it. */
export interface FieldControl {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

export interface FieldProps {
  label: ReactNode;
  /** What to write, and what it means. */
  hint?: ReactNode;
  /** react-hook-form's `errors.x?.message`, or the server's. */
  error?: ReactNode;
  /** Worth knowing, but no error. */
  warning?: ReactNode;
  isOptional?: ReactNode;
  children: (control: FieldControl) => ReactNode;
  className?: string;
}

/** A label, a control, a hint and an error that belong together: `<Field label=…>{(control) => <Input {...control} />}</Field>`. */
export function Field({ label, hint, error, warning, isOptional, children, className }: FieldProps) {
  const id = useId();
  const describedBy = [hint ? `${id}-hint` : '', error || warning ? `${id}-note` : '']
    .filter(Boolean)
    .join(' ');
  return (
    <div className={cn('min-w-0', className)}>
      <label htmlFor={id} className="mb-1 flex items-baseline gap-2 text-[0.8125rem] font-medium">
        {label}
        {isOptional ? <span className="text-xs font-normal text-ink-faint">{isOptional}</span> : null}
      </label>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': describedBy || undefined,
      })}
      {hint ? (
        <p id={`${id}-hint`} className="mt-1 text-xs text-ink-faint">
          {hint}
        </p>
      ) : null}
      {error || warning ? (
        <p
          id={`${id}-note`}
          aria-live="polite"
          className={cn('mt-1 flex items-start gap-1 text-xs', error ? 'text-critical' : 'text-warning')}
        >
          <HealthMark health={error ? 'critical' : 'warning'} className="mt-px size-3.5" />
          <span>{error || warning}</span>
        </p>
      ) : null}
    </div>
  );
}
