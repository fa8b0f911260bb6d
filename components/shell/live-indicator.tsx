'use client';
import { useTranslations } from 'next-intl';
import { useEndpoint } from '../data/use-endpoint.ts';
import { cn } from '../ui/class-names.ts';
import { type Health, HealthMark } from '../ui/health.tsx';
import { useNow } from '../ui/use-now.ts';

/** Older than this, in seconds, the picture is no longer called live. */
const STALE_AFTER = 6;

type Liveness = 'live' | 'stale' | 'reconnecting' | 'connecting';

const health: Record<Liveness, Health> = {
  live: 'ok',
  stale: 'warning',
  reconnecting: 'critical',
  connecting: 'unknown',
};

/** How old the picture of the cluster is, and whether the console still answers. */
export function LiveIndicator({ cluster }: { cluster: string }) {
  const t = useTranslations('shell.live');
  const now = useNow();
  const { data, failure } = useEndpoint('getOverview', { params: { cluster } });
  const age = data && now > 0 ? Math.max(0, Math.floor((now - Date.parse(data.asOf)) / 1000)) : undefined;
  const state: Liveness =
    failure !== undefined
      ? 'reconnecting'
      : age === undefined
        ? 'connecting'
        : age > STALE_AFTER
          ? 'stale'
          : 'live';
  return (
    <div
      className="flex shrink-0 items-center gap-1.5 px-1 text-xs text-ink-faint"
      title={age === undefined ? t(state) : t('tip', { seconds: age })}
    >
      {state === 'live' ? (
        <span aria-hidden className="grid size-4 place-items-center">
          <span className="size-2 rounded-full bg-ok" />
        </span>
      ) : (
        <HealthMark health={health[state]} className={cn(state === 'reconnecting' && 'animate-skeleton')} />
      )}
      <span role="status" className="max-sm:sr-only">
        {t(state)}
      </span>
      {age === undefined ? null : (
        // Of fixed width, so that the bar does not move each second.
        <span className="min-w-7 text-right max-sm:hidden">{t('age', { seconds: age })}</span>
      )}
    </div>
  );
}
