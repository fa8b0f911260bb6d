import { cn } from '../ui/class-names.ts';

/** A thin bar behind a number in a table: its share of the whole, 0–100. The number itself stands beside it. */
export function ShareBar({ percent, className }: { percent: number; className?: string }) {
  const width = Math.min(100, Math.max(0, percent));
  return (
    <span aria-hidden className={cn('block h-1 w-full overflow-hidden rounded-full bg-sunken', className)}>
      <span className="block h-full rounded-full bg-chart-1" style={{ width: `${width}%` }} />
    </span>
  );
}
