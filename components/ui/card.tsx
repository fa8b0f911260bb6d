import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

export interface SectionProps {
  title?: ReactNode;
  /** One sentence under the title. */
  description?: ReactNode;
  /** Filters and buttons, at the end of the title line. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  id?: string;
}

/** A part of a page with its heading. */
export function Section({ title, description, actions, children, className, id }: SectionProps) {
  return (
    <section id={id} className={cn('min-w-0', className)}>
      {title || actions ? (
        <div className="mb-2 flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
          <div className="min-w-0">
            {title ? <h2 className="text-sm font-semibold">{title}</h2> : null}
            {description ? <p className="mt-0.5 text-xs text-ink-faint">{description}</p> : null}
          </div>
          {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
        </div>
      ) : null}
      {children}
    </section>
  );
}

/** A quiet surface that holds something together. */
export function Card({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cn('min-w-0 rounded-lg border border-line bg-surface', className)}>{children}</div>;
}

export interface PageHeaderProps {
  title: ReactNode;
  /** Badges beside the title. */
  badges?: ReactNode;
  /** Where this page stands: links to what is above it. */
  trail?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, badges, trail, description, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {trail ? (
          <div className="mb-0.5 flex flex-wrap items-center gap-1 text-xs text-ink-faint">{trail}</div>
        ) : null}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 text-xl leading-8 font-semibold tracking-tight break-words has-data-long:text-sm has-data-long:leading-5.5">
            {title}
          </h1>
          {badges}
        </div>
        {description ? (
          <p className="mt-0.5 max-w-5xl text-[0.8125rem] text-ink-soft">{description}</p>
        ) : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
