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

export interface NameLinkProps {
  href: string;
  name: string;
}

/** The name of something in a list: it may break anywhere, and of a very long one three lines are enough, the rest is told on hover. */
export function NameLink({ href, name }: NameLinkProps) {
  return (
    <TextLink
      href={href}
      title={name.length > 80 ? name : undefined}
      className="line-clamp-3 min-w-0 break-all"
    >
      {name}
    </TextLink>
  );
}
