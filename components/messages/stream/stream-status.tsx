'use client';

import { CirclePause, CirclePlay, CircleStop, StepBack, StepForward } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import { Button } from '../../ui/button.tsx';
import { useNumberText } from '../../ui/format.tsx';
import { Badge, type Health, HealthBadge } from '../../ui/health.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { directionOf, isSearch, type Reading } from '../search/reading.ts';
import type { FeedSnapshot } from './message-feed.ts';
import { PartitionProgress } from './partition-progress.tsx';
import { scanFigures } from './scan-figures.ts';
import type { MessageStream } from './use-message-stream.ts';

export interface StreamStatusProps {
  stream: MessageStream;
  reading: Reading;
  /** At the end of the line: what else can be done on this page. */
  children?: ReactNode;
}

export const isOpen = ({ state }: Pick<FeedSnapshot, 'state'>) =>
  state === 'connecting' || state === 'reading' || state === 'paused';

/** Where the stream stands, in words that do not flatter, and what can be done about it. */
export function StreamStatus({ stream, reading, children }: StreamStatusProps) {
  const t = useTranslations('messages');
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1.5 text-[0.8125rem] text-ink-soft">
      <StateBadge stream={stream} reading={reading} />
      <Figures stream={stream} reading={reading} />
      <span className="flex flex-wrap items-center gap-1.5">
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
        {isOpen(stream) ? (
          <Button size="small" icon={CircleStop} aria-keyshortcuts="Escape" onClick={stream.stop}>
            {t('stop')}
            <span aria-hidden className="max-sm:hidden">
              <Kbd>Esc</Kbd>
            </span>
          </Button>
        ) : (
          <GoOn stream={stream} reading={reading} />
        )}
      </span>
      {children && <span className="flex flex-wrap items-center gap-1.5 sm:ml-auto">{children}</span>}
    </div>
  );
}

/** What was found in what, how fast, and how much is left: of the logs while it reads, not scanned when it has ended. */
function Figures({ stream, reading }: StreamStatusProps) {
  const t = useTranslations('messages');
  const text = useNumberText();
  const { messages, totals, progress, unread, state, waiting, dropped } = stream;
  const figures = useMemo(
    () => scanFigures({ progress, messages }, reading.limit),
    [progress, messages, reading.limit],
  );
  if (messages.length === 0 && (state === 'idle' || state === 'connecting')) return null;
  const isReading = isOpen(stream) && !reading.follow;
  const direction = directionOf(reading);
  const rest = unread?.[direction === 'newest' ? 'older' : 'newer'] ?? null;
  return (
    <>
      <span className="font-medium text-ink">
        {t(isSearch(reading) ? 'found' : 'shown', { count: messages.length })}
      </span>
      {totals.scanned > messages.length && <span>{t('scanned', { count: totals.scanned })}</span>}
      {isReading && figures.rate !== null && (
        <span title={t('progress.rateHint')}>
          {t('progress.rate', { rate: text.compact(Math.round(figures.rate)) })}
        </span>
      )}
      {isReading && totals.bytes > 0 && (
        <span title={t('progress.bytesHint')}>{text.bytes(totals.bytes)}</span>
      )}
      {isReading && <TimeLeft milliseconds={figures.timeLeft} />}
      {isReading && figures.share !== null && <ReadProgress share={figures.share} />}
      {!isOpen(stream) && !reading.follow && rest !== null && (
        <Rest count={rest} direction={direction} reading={reading} elapsedMs={totals.elapsedMs} />
      )}
      {progress && progress.partitions.length > 0 && !reading.follow && (
        <PartitionProgress progress={progress} isBackwards={direction === 'newest'} />
      )}
      <Unevaluated stream={stream} />
      {waiting > 0 && (
        <span role="status" className="font-medium text-ink">
          {t(stream.isHeldBack ? 'heldBack' : 'waiting', { count: waiting })}
        </span>
      )}
      {dropped > 0 && <span>{t('dropped', { count: dropped })}</span>}
    </>
  );
}

/** Messages that the expression could not be asked about: why, on hover and for those who listen. */
function Unevaluated({ stream }: { stream: MessageStream }) {
  const t = useTranslations('messages');
  const unevaluated = (stream.end ?? stream.progress)?.unevaluated;
  if (!unevaluated) return null;
  return (
    <span title={unevaluated.detail}>
      <HealthBadge health="unknown">{t('unevaluated', { count: unevaluated.count })}</HealthBadge>
      <span className="sr-only">{unevaluated.detail}</span>
    </span>
  );
}

interface RestProps {
  count: number;
  direction: 'oldest' | 'newest';
  reading: Reading;
  elapsedMs: number;
}

/** What a reading that has ended left out; where it left out nothing, that it did. */
function Rest({ count, direction, reading, elapsedMs }: RestProps) {
  const t = useTranslations('messages');
  const text = useNumberText();
  if (count > 0) return <span>{t(direction === 'newest' ? 'olderLeft' : 'newerLeft', { count })}</span>;
  if (!isSearch(reading) || elapsedMs === 0) return <span>{t('nothingLeft')}</span>;
  const seconds = text.count(Math.max(0.1, Math.round(elapsedMs / 100) / 10));
  return <span>{t('nothingLeftIn', { seconds })}</span>;
}

function TimeLeft({ milliseconds }: { milliseconds: number | null }) {
  const t = useTranslations('messages.progress');
  if (milliseconds === null || milliseconds < 1000) return null;
  const seconds = Math.ceil(milliseconds / 1000);
  return (
    <span>
      {seconds < 100
        ? t('secondsLeft', { count: seconds })
        : t('minutesLeft', { count: Math.ceil(seconds / 60) })}
    </span>
  );
}

/** Reads on where reading ended; of the newest also what has come since. */
function GoOn({ stream, reading }: { stream: MessageStream; reading: Reading }) {
  const t = useTranslations('messages');
  const { state, messages, unread } = stream;
  if (state === 'idle') return null;
  if (state === 'failed' && messages.length === 0) return null;
  const isBackwards = directionOf(reading) === 'newest';
  const isBroken = state !== 'ended';
  const hasMore = isBroken || (unread?.[isBackwards ? 'older' : 'newer'] ?? 0) > 0;
  return (
    <>
      {hasMore && (
        <Button
          size="small"
          icon={isBackwards ? StepBack : StepForward}
          onClick={() => stream.goOn(isBackwards ? 'older' : 'newer')}
        >
          {t(isBackwards ? 'goOnOlder' : 'goOn')}
        </Button>
      )}
      {isBackwards && reading.until === '' && (
        <Button size="small" tone="quiet" icon={StepForward} onClick={() => stream.goOn('newer')}>
          {t('goOnNewer')}
        </Button>
      )}
    </>
  );
}

const HEALTH: Partial<Record<FeedSnapshot['state'], Health>> = { failed: 'critical', reading: 'ok' };

function StateBadge({ stream, reading }: { stream: MessageStream; reading: Reading }) {
  const t = useTranslations('messages.state');
  const { state, end } = stream;
  if (state === 'idle' || state === 'connecting') return <Badge>{t('connecting')}</Badge>;
  if (state === 'ended' && end) {
    if (end.reason === 'failed') return <HealthBadge health="critical">{t('endFailed')}</HealthBadge>;
    if (end.problems.length > 0) return <HealthBadge health="warning">{t(end.reason)}</HealthBadge>;
    const isStart = end.reason === 'end-of-log' && directionOf(reading) === 'newest';
    return <Badge>{t(isStart ? 'start-of-log' : end.reason)}</Badge>;
  }
  const word = state === 'reading' && reading.follow ? 'following' : state === 'ended' ? 'end-of-log' : state;
  const health = HEALTH[state];
  if (health && !(state === 'reading' && !reading.follow)) {
    return <HealthBadge health={health}>{t(word)}</HealthBadge>;
  }
  return <Badge>{t(word)}</Badge>;
}

function ReadProgress({ share }: { share: number }) {
  const t = useTranslations('messages.progress');
  const text = useNumberText();
  const percent = Math.floor(share * 100);
  return (
    <span
      role="progressbar"
      aria-label={t('label')}
      aria-valuenow={percent}
      aria-valuetext={text.percent(percent)}
      className="h-1.5 w-28 overflow-hidden rounded-full bg-selected"
    >
      <span className="block h-full bg-ink-soft transition-[width]" style={{ width: `${percent}%` }} />
    </span>
  );
}
