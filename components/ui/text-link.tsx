import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

/** A link in text or in a table. Never by colour alone: it is underlined, more so on hover. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...props}
      className={cn(
        'rounded-xs font-medium text-ink underline decoration-edge/60 underline-offset-3 hover:decoration-ink',
        className,
      )}
    />
  );
}
