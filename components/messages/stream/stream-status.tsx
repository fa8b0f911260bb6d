'use client';

import { CirclePause, CirclePlay, CircleStop, Radio, StepForward } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { useNumberText } from '../../ui/format.tsx';
import { Badge, type Health, HealthBadge } from '../../ui/health.tsx';
import type { Reading } from '../search/use-reading.ts';
import type { FeedSnapshot } from './message-feed.ts';
import type { MessageStream } from './use-message-stream.ts';

export interface StreamStatusProps {
  stream: MessageStream;
  reading: Reading;
  onFollow: () => void;
}

/** Where the stream stands, in words that do not flatter, and what can be done about it. */
export function StreamStatus({ stream, reading, onFollow }: StreamStatusProps) {
  const t = useTranslations('messages');
  const remaining = remainingOf(stream);
  const isAwaited =
    stream.messages.length === 0 && (stream.state === 'idle' || stream.state === 'connecting');
  const isOpen = stream.state === 'reading' || stream.state === 'paused' || stream.state === 'connecting';
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1.5 text-[0.8125rem] text-ink-soft">
      <StateBadge stream={stream} reading={reading} />
      {isAwaited ? null : <span>{t('shown', { count: stream.messages.length })}</span>}
      {stream.progress && stream.progress.scanned > stream.messages.length && (
        <span>{t('scanned', { count: stream.progress.scanned })}</span>
      )}
      {stream.waiting > 0 && (
        <span role="status" className="font-medium text-ink">
          {t(stream.isHeldBack ? 'heldBack' : 'waiting', { count: stream.waiting })}
        </span>
      )}
      {stream.dropped > 0 && <span>{t('dropped', { count: stream.dropped })}</span>}
      {!isOpen && remaining !== null && remaining > 0 && <span>{t('remaining', { count: remaining })}</span>}
      {stream.state === 'reading' && !reading.follow && (
        <ReadProgress share={Math.min(1, stream.messages.length / reading.limit)} />
      )}
      <span className="flex flex-wrap items-center gap-2 sm:ml-auto">
        {stream.state === 'reading' && reading.follow && (
          <Button size="small" icon={CirclePause} onClick={stream.pause}>
            {t('pause')}
          </Button>
        )}
        {stream.state === 'paused' && (
          <Button size="small" icon={CirclePlay} onClick={stream.resume}>
            {t('resume')}
          </Button>
        )}
        {isOpen && (
          <Button size="small" icon={CircleStop} onClick={stream.stop}>
            {t('stop')}
          </Button>
        )}
        <GoOn stream={stream} remaining={remaining} />
        {!isOpen && !reading.follow && remaining === 0 && (
          <Button size="small" icon={Radio} onClick={onFollow}>
            {t('goLive')}
          </Button>
        )}
      </span>
    </div>
  );
}

function GoOn({ stream, remaining }: { stream: MessageStream; remaining: number | null }) {
  const t = useTranslations('messages');
  const isBroken = stream.state === 'stopped' || (stream.state === 'failed' && stream.messages.length > 0);
  if (!isBroken && (stream.state !== 'ended' || remaining === 0)) return null;
  return (
    <Button size="small" icon={StepForward} onClick={stream.goOn}>
      {t('goOn')}
    </Button>
  );
}

/** Messages between where the stream ended and the end of the log then; null while that is not known. */
export function remainingOf({ end, progress }: Pick<FeedSnapshot, 'end' | 'progress'>): number | null {
  if (!end || !progress) return null;
  return progress.partitions.reduce((sum, { partition, position, logEndOffset }) => {
    const next = end.nextFrom[String(partition)] ?? position;
    return sum + Math.max(0, logEndOffset - next);
  }, 0);
}

const HEALTH: Partial<Record<FeedSnapshot['state'], Health>> = { failed: 'critical', reading: 'ok' };

function StateBadge({ stream, reading }: { stream: MessageStream; reading: Reading }) {
  const t = useTranslations('messages.state');
  const { state, end } = stream;
  if (state === 'idle' || state === 'connecting') return <Badge>{t('connecting')}</Badge>;
  if (state === 'ended' && end) {
    if (end.reason === 'failed') return <HealthBadge health="critical">{t('endFailed')}</HealthBadge>;
    if (end.problems.length > 0) return <HealthBadge health="warning">{t(end.reason)}</HealthBadge>;
    return <Badge>{t(end.reason)}</Badge>;
  }
  const word = state === 'reading' && reading.follow ? 'following' : state === 'ended' ? 'end-of-log' : state;
  const health = HEALTH[state];
  if (health && !(state === 'reading' && !reading.follow)) {
    return <HealthBadge health={health}>{t(word)}</HealthBadge>;
  }
  return <Badge>{t(word)}</Badge>;
}

function ReadProgress({ share }: { share: number }) {
  const t = useTranslations('messages');
  const text = useNumberText();
  const percent = Math.round(share * 100);
  return (
    <span
      role="progressbar"
      aria-label={t('progress')}
      aria-valuenow={percent}
      aria-valuetext={text.percent(percent)}
      className="h-1.5 w-28 overflow-hidden rounded-full bg-selected"
    >
      <span className="block h-full bg-ink-soft transition-[width]" style={{ width: `${percent}%` }} />
    </span>
  );
}
