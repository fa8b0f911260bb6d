'use client';

import { CircleStop, RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { useNumberText } from '../../ui/format.tsx';
import { Badge, HealthBadge } from '../../ui/health.tsx';
import { Select } from '../../ui/select.tsx';
import type { StatisticsSnapshot } from './statistics-feed.ts';
import { SAMPLES, type Sample } from './statistics-request.ts';
import type { StatisticsStream } from './use-statistics.ts';

export interface StatisticsStatusProps {
  stream: StatisticsStream;
  sample: Sample;
  onSampleChange: (sample: Sample) => void;
}

export const isGathering = ({ state }: Pick<StatisticsSnapshot, 'state'>) =>
  state === 'idle' || state === 'connecting' || state === 'gathering';

/** Of how much the figures are, and what can be done about it. */
export function StatisticsStatus({ stream, sample, onSampleChange }: StatisticsStatusProps) {
  const t = useTranslations('messages.statistics');
  const isOpen = isGathering(stream);
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1.5 text-[0.8125rem] text-ink-soft">
      <StateBadge stream={stream} />
      <Coverage stream={stream} />
      <span className="flex items-center gap-1.5">
        {isOpen ? (
          <Button size="small" icon={CircleStop} onClick={stream.stop}>
            {t('stop')}
          </Button>
        ) : (
          <Button size="small" tone="quiet" icon={RotateCw} onClick={stream.restart}>
            {t('again')}
          </Button>
        )}
      </span>
      <span className="sm:ml-auto">
        <Select
          label={t('sample.label')}
          value={sample}
          onValueChange={onSampleChange}
          choices={SAMPLES.map((value) => ({
            value,
            label: value === 'all' ? t('sample.all') : t('sample.most', { count: Number(value) }),
          }))}
          className="min-w-44"
        />
      </span>
    </div>
  );
}

function StateBadge({ stream: { state, end, statistics } }: { stream: StatisticsStream }) {
  const t = useTranslations('messages.statistics.state');
  if (state === 'failed' || end?.reason === 'failed') {
    return <HealthBadge health="critical">{t('failed')}</HealthBadge>;
  }
  if (isGathering({ state })) return <Badge>{t('gathering')}</Badge>;
  if (state === 'stopped' || statistics?.partial)
    return <HealthBadge health="warning">{t('partial')}</HealthBadge>;
  return <Badge>{t(statistics?.coverage.isWhole ? 'whole' : 'sample')}</Badge>;
}

function Coverage({ stream: { state, progress, end, statistics } }: { stream: StatisticsStream }) {
  const t = useTranslations('messages.statistics');
  const text = useNumberText();
  if (!statistics) return null;
  const { isWhole, offsets, offsetsLookedAt, windows } = statistics.coverage;
  const planned = offsetsLookedAt + (progress?.remaining ?? 0);
  const share = planned === 0 ? 0 : offsetsLookedAt / planned;
  const looked = t('scanned', { count: end?.scanned ?? progress?.scanned ?? 0 });
  const percent = text.percent(offsets === 0 ? 100 : (offsetsLookedAt / offsets) * 100);
  return (
    <>
      <span className="font-medium text-ink">{t('matched', { count: statistics.matched })}</span>
      <span>{looked}</span>
      {!isGathering({ state }) && !isWhole && (
        <span title={windows > 0 ? t('windows', { count: windows }) : undefined}>
          {t('share', { percent })}
        </span>
      )}
      {isGathering({ state }) && (
        <span
          role="progressbar"
          aria-label={t('progress')}
          aria-valuenow={Math.floor(share * 100)}
          className="h-1.5 w-28 overflow-hidden rounded-full bg-selected"
        >
          <span
            className="block h-full bg-ink-soft transition-[width]"
            style={{ width: `${share * 100}%` }}
          />
        </span>
      )}
    </>
  );
}
