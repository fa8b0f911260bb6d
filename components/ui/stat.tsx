import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { type Health, HealthMark, healthText } from './health.tsx';
import { HintMark } from './tooltip.tsx';

export interface StatProps {
  label: string;
  value: ReactNode;
  unit?: ReactNode;
  /** What the number means, on a question mark. */
  hint?: ReactNode;
  /** One short line below. */
  note?: ReactNode;
  /** Given only where the number says something about health. */
  health?: Health;
  /** Where to see what the number counts. */
  href?: string;
}

/** One number with its name. */
export function Stat({ label, value, unit, hint, note, health, href }: StatProps) {
  const shown = (
    <>
      <span className={cn(health && health !== 'ok' && healthText[health])}>{value}</span>
      {unit ? <span className="ml-1 text-xs font-normal text-ink-faint">{unit}</span> : null}
    </>
  );
  return (
    <div className="min-w-0 px-4 py-3">
      <dt className="flex items-center gap-1 text-xs text-ink-faint">
        <span className="truncate">{label}</span>
        {hint ? <HintMark label={label}>{hint}</HintMark> : null}
      </dt>
      <dd className="mt-0.5">
        <span className="flex items-center gap-1.5 text-lg leading-7 font-semibold">
          {health && health !== 'ok' ? <HealthMark health={health} /> : null}
          {href ? (
            <Link
              href={href}
              className="min-w-0 rounded-xs decoration-edge underline-offset-3 hover:underline"
            >
              {shown}
            </Link>
          ) : (
            <span className="min-w-0">{shown}</span>
          )}
        </span>
        {note ? <span className="block text-xs text-ink-faint">{note}</span> : null}
      </dd>
    </div>
  );
}

/** Stats side by side, as many in a line as fit. */
export function StatGrid({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <dl
      className={cn(
        'grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line *:bg-surface sm:grid-cols-3 lg:grid-cols-4',
        className,
      )}
    >
      {children}
    </dl>
  );
}
