'use client';

import { useTranslations } from 'next-intl';
import { useNumberText } from '../../ui/format.tsx';
import { Stat, StatGrid } from '../../ui/stat.tsx';
import { FieldFigures } from './field-figures.tsx';
import type { FigureProps } from './figure-props.ts';
import { KeyFigures } from './key-figures.tsx';
import { KindFigures } from './kind-figures.tsx';
import { PartitionFigures } from './partition-figures.tsx';
import { RepeatFigures } from './repeat-figures.tsx';
import { SizeFigures } from './size-figures.tsx';

/** Everything there is to tell of the messages, a card for each. */
export function Figures(props: FigureProps) {
  return (
    <>
      <Summary statistics={props.statistics} />
      <div className="grid gap-x-4 gap-y-5 lg:grid-cols-2">
        <KeyFigures {...props} />
        <SizeFigures {...props} />
        <PartitionFigures {...props} />
        <RepeatFigures {...props} />
        <FieldFigures {...props} />
        <KindFigures {...props} />
      </div>
    </>
  );
}

function Summary({ statistics }: Pick<FigureProps, 'statistics'>) {
  const t = useTranslations('messages.statistics.summary');
  const text = useNumberText();
  const { coverage, matched, bytes, tombstones, keys, duplicates, timeline, fields } = statistics;
  const all = coverage.estimatedMatched ?? matched;
  const isEstimate = all !== matched;
  const about = (value: string) => (isEstimate ? `≈ ${value}` : value);
  const share = (count: number) => text.percent((count / Math.max(1, matched)) * 100);
  const peak = Math.max(0, ...timeline.buckets.map(({ perSecond }) => perSecond));
  const readable = fields.find(({ path }) => path === 'value')?.matched ?? 0;
  return (
    <StatGrid className="lg:grid-cols-6">
      <Stat
        label={t('messages')}
        value={about(text.compact(all))}
        note={isEstimate ? t('estimated', { count: matched }) : undefined}
      />
      <Stat
        label={t('bytes')}
        hint={t('bytesHint')}
        value={about(text.bytes((bytes / Math.max(1, matched)) * all))}
      />
      <Stat label={t('peak')} hint={t('peakHint')} value={text.compact(peak)} unit={t('perSecond')} />
      <Stat
        label={t('keys')}
        hint={t('keysHint')}
        value={
          keys.distinct.isExact
            ? text.compact(keys.distinct.estimate)
            : `≈ ${text.compact(keys.distinct.estimate)}`
        }
        note={keys.nulls > 0 ? t('withoutKey', { percent: share(keys.nulls) }) : undefined}
      />
      <Stat
        label={t('tombstones')}
        value={text.compact(tombstones)}
        note={tombstones > 0 ? share(tombstones) : undefined}
      />
      <Stat
        label={t('repeated')}
        hint={t('repeatedHint')}
        value={duplicates.isExact ? text.compact(duplicates.count) : `≈ ${text.compact(duplicates.count)}`}
        note={duplicates.count > 0 ? share(duplicates.count) : readable === 0 ? undefined : t('none')}
      />
    </StatGrid>
  );
}
