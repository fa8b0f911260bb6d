'use client';

import { Check, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { MessageStatistics } from '../../../lib/contract/statistics.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { cn } from '../../ui/class-names.ts';
import { useNumberText } from '../../ui/format.tsx';
import {
  type BucketRange,
  labelledBuckets,
  messagesIn,
  rangeBetween,
  scaleOf,
  timesOf,
} from './time-range.ts';
import { useTimeLabels } from './use-time-labels.ts';

type Timeline = MessageStatistics['timeline'];

export interface TimelineChartProps {
  timeline: Timeline;
  /** Bars stand for all messages, of which a sample was looked at. */
  isSample: boolean;
  /** More is still to come. */
  isPartial: boolean;
  onChoose: (range: BucketRange) => void;
}

/** Times at the foot of the chart. */
const LABELS = 6;

/** Messages over time. A range of it is chosen by drawing over it, or with the arrow keys. */
export function TimelineChart({ timeline, isSample, isPartial, onChoose }: TimelineChartProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const [chosen, setChosen] = useChoice(timeline);
  const { buckets } = timeline;
  const counts = buckets.map((_, index) => messagesIn(timeline, index, isSample));
  const marks = scaleOf(Math.max(0, ...counts));
  return (
    <div className="min-w-0">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <Scale marks={marks} />
        <Plot
          timeline={timeline}
          counts={counts}
          marks={marks}
          isPartial={isPartial}
          pointed={pointed}
          chosen={chosen}
          onPoint={setPointed}
          onSelect={setChosen}
          onChoose={onChoose}
        />
        <span />
        <Times timeline={timeline} />
      </div>
      <Caption
        timeline={timeline}
        isSample={isSample}
        range={chosen ?? (pointed === null ? null : { first: pointed, last: pointed })}
        counts={counts}
        onClear={chosen && (() => setChosen(null))}
        onChoose={chosen && (() => onChoose(chosen))}
      />
    </div>
  );
}

/** What is chosen of these buckets; nothing once there are others. */
function useChoice({ buckets, bucketMs }: Timeline) {
  const of = `${buckets[0]?.start} ${bucketMs}`;
  const [state, setState] = useState<{ range: BucketRange | null; of: string }>({ range: null, of });
  const range = state.of === of && state.range && state.range.last < buckets.length ? state.range : null;
  return [range, (next: BucketRange | null) => setState({ range: next, of })] as const;
}

function Scale({ marks }: { marks: readonly number[] }) {
  const text = useNumberText();
  const top = marks.at(-1)!;
  return (
    <div aria-hidden className="relative h-28 min-w-8 text-right text-2xs text-ink-faint">
      {/* Holds the width that the longest needs. */}
      <span className="invisible">{text.compact(top)}</span>
      {marks.map((mark) => (
        <span
          key={mark}
          className="absolute right-0 translate-y-1/2 leading-none"
          style={{ bottom: `${(mark / top) * 100}%` }}
        >
          {text.compact(mark)}
        </span>
      ))}
    </div>
  );
}

interface PlotProps {
  timeline: Timeline;
  counts: readonly number[];
  marks: readonly number[];
  isPartial: boolean;
  pointed: number | null;
  chosen: BucketRange | null;
  onPoint: (index: number | null) => void;
  onSelect: (range: BucketRange | null) => void;
  onChoose: (range: BucketRange) => void;
}

function Plot(props: PlotProps) {
  const { timeline, counts, marks, isPartial, pointed, chosen, onPoint, onSelect } = props;
  const t = useTranslations('messages.statistics.timeline');
  const describe = useDescription(timeline, counts);
  const [anchor, setAnchor] = useState<number | null>(null);
  const top = marks.at(-1)!;
  const current = chosen?.last ?? pointed ?? 0;

  const indexAt = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const index = Math.floor(((event.clientX - left) / width) * counts.length);
    return Math.min(counts.length - 1, Math.max(0, index));
  };
  const keys = useRangeKeys(props, current);

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t('label')}
      aria-describedby="timeline-hint"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, counts.length - 1)}
      aria-valuenow={current}
      aria-valuetext={
        counts.length === 0 ? t('empty') : describe(chosen ?? { first: current, last: current })
      }
      onKeyDown={keys}
      onPointerDown={(event) => {
        if (event.button !== 0 || counts.length === 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const index = indexAt(event);
        setAnchor(index);
        onSelect(rangeBetween(index, index));
      }}
      onPointerMove={(event) => {
        if (counts.length === 0) return;
        const index = indexAt(event);
        if (anchor === null) onPoint(index);
        else onSelect(rangeBetween(anchor, index));
      }}
      onPointerUp={() => setAnchor(null)}
      onPointerCancel={() => setAnchor(null)}
      onPointerLeave={() => onPoint(null)}
      className="relative h-28 cursor-crosshair touch-pan-y select-none"
    >
      <span id="timeline-hint" className="sr-only">
        {t('hint')}
      </span>
      {marks.map((mark) => (
        <span
          key={mark}
          aria-hidden
          className={cn('absolute inset-x-0 border-t', mark === 0 ? 'border-edge' : 'border-line')}
          style={{ bottom: `${(mark / top) * 100}%` }}
        />
      ))}
      <div
        aria-hidden
        className={cn(
          'absolute inset-0 flex items-end',
          counts.length <= 80 && 'gap-px',
          isPartial && 'opacity-70',
        )}
      >
        {counts.map((count, index) => {
          const isIn = chosen !== null && index >= chosen.first && index <= chosen.last;
          return (
            <span
              key={timeline.buckets[index]!.start}
              className={cn(
                'flex h-full min-w-0 flex-1 items-end',
                (isIn || index === pointed) && 'bg-hover',
              )}
            >
              <span
                className={cn(
                  'w-full rounded-t-[1px]',
                  chosen === null || isIn ? 'bg-chart-1' : 'bg-chart-2',
                )}
                // What is there is seen, however little it is.
                style={{ height: count === 0 ? 0 : `max(2px, ${(count / top) * 100}%)` }}
              />
            </span>
          );
        })}
      </div>
    </div>
  );
}

/** Arrows go from bar to bar, with Shift they take those in between; Enter shows what is chosen, Escape gives it up. */
function useRangeKeys({ counts, chosen, onSelect, onChoose }: PlotProps, current: number) {
  const [anchor, setAnchor] = useState<number | null>(null);
  return (event: KeyboardEvent) => {
    const to = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: counts.length - 1 }[
      event.key
    ];
    if (counts.length === 0) return;
    if (to !== undefined) {
      event.preventDefault();
      const next = chosen === null ? current : Math.min(counts.length - 1, Math.max(0, to));
      const from = event.shiftKey ? (anchor ?? chosen?.first ?? next) : next;
      setAnchor(from);
      onSelect(rangeBetween(from, next));
    } else if (event.key === 'Enter' && chosen) onChoose(chosen);
    else if (event.key === 'Escape' && chosen) {
      // The page would stop what it reads.
      event.stopPropagation();
      onSelect(null);
    }
  };
}

function Times({ timeline }: { timeline: Timeline }) {
  const { buckets, bucketMs } = timeline;
  const labels = useTimeLabels(bucketMs, buckets.length * bucketMs);
  return (
    <div aria-hidden className="relative mt-1 h-4 text-2xs text-ink-faint">
      {labelledBuckets(buckets.length, LABELS).map((index, label) => (
        <span
          key={buckets[index]!.start}
          className={cn('absolute whitespace-nowrap', label % 2 === 1 && 'max-sm:hidden')}
          style={{ left: `${(index / buckets.length) * 100}%` }}
        >
          {labels.short(Date.parse(buckets[index]!.start))}
        </span>
      ))}
    </div>
  );
}

function useDescription(timeline: Timeline, counts: readonly number[]) {
  const t = useTranslations('messages.statistics.timeline');
  const { buckets, bucketMs } = timeline;
  const labels = useTimeLabels(bucketMs, buckets.length * bucketMs);
  return (range: BucketRange) => {
    const [from, until] = timesOf(timeline, range);
    const count = counts.slice(range.first, range.last + 1).reduce((sum, one) => sum + one, 0);
    return t('range', { from: labels.full(from), until: labels.short(until), count });
  };
}

interface CaptionProps {
  timeline: Timeline;
  isSample: boolean;
  range: BucketRange | null;
  counts: readonly number[];
  onClear: (() => void) | null;
  onChoose: (() => void) | null;
}

/** What is pointed at or chosen; else what a bar is, and what is in none. */
function Caption({ timeline, isSample, range, counts, onClear, onChoose }: CaptionProps) {
  const t = useTranslations('messages.statistics.timeline');
  const text = useNumberText();
  const describe = useDescription(timeline, counts);
  const span = useSpanText();
  const { buckets, bucketMs, earlier, later, withoutTime } = timeline;
  if (range && buckets.length > 0) {
    const seconds = ((range.last - range.first + 1) * bucketMs) / 1000;
    const count = counts.slice(range.first, range.last + 1).reduce((sum, one) => sum + one, 0);
    return (
      <p className="mt-1 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft text-xs">
        <span className="font-medium text-ink">
          {isSample && '≈ '}
          {describe(range)}
        </span>
        <span>{t('rate', { rate: text.count(Number((count / seconds).toPrecision(3))) })}</span>
        {onChoose && (
          <Button size="small" icon={Check} onClick={onChoose}>
            {t('choose')}
          </Button>
        )}
        {onClear && <IconButton size="small" icon={X} label={t('clear')} onClick={onClear} />}
      </p>
    );
  }
  return (
    <p className="mt-1 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 text-ink-faint text-xs">
      <span>{buckets.length === 0 ? t('empty') : t('bar', { span: span(bucketMs) })}</span>
      {earlier + later > 0 && <span>{t('outside', { count: earlier + later })}</span>}
      {withoutTime > 0 && <span>{t('withoutTime', { count: withoutTime })}</span>}
    </p>
  );
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['millisecond', 1],
] as const;

/** `5 min`, `1 day`: a round span of time. */
function useSpanText() {
  const t = useTranslations('messages.statistics.span');
  return (milliseconds: number) => {
    const [unit, length] = UNITS.find(([, each]) => milliseconds >= each) ?? UNITS.at(-1)!;
    return t(unit, { count: milliseconds / length });
  };
}
