'use client';

import { useTranslations } from 'next-intl';
import type { MessageProgress } from '../../../lib/contract/messages.ts';
import { ShareBar } from '../../charts/share-bar.tsx';
import { Button } from '../../ui/button.tsx';
import { useNumberText } from '../../ui/format.tsx';
import { Popover } from '../../ui/popover.tsx';

/** Partitions listed; those that have most left come first. */
const LISTED = 200;

/** How far each partition was read: a bar of its log, and where it stands. */
export function PartitionProgress({
  progress,
  isBackwards,
}: {
  progress: MessageProgress;
  isBackwards: boolean;
}) {
  const t = useTranslations('messages.progress');
  const { partitions } = progress;
  return (
    <Popover
      label={t('partitions')}
      align="start"
      trigger={
        <Button size="small" tone="quiet" className="-mx-1.5">
          {t('partitionCount', { count: partitions.length })}
        </Button>
      }
      className="w-96"
    >
      <table aria-label={t('partitions')} className="w-full text-xs">
        <thead>
          <tr className="text-left text-ink-faint">
            <th scope="col" className="py-1 pr-3 font-medium">
              {t('partition')}
            </th>
            <th scope="col" className="w-1/3 py-1 pr-3 font-medium">
              {t('done')}
            </th>
            <th scope="col" className="py-1 pr-3 text-right font-medium">
              {t('position')}
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              {t('left')}
            </th>
          </tr>
        </thead>
        <tbody>
          {byLeft(partitions)
            .slice(0, LISTED)
            .map((each) => (
              <PartitionRow
                key={`${each.topic ?? ''}/${each.partition}`}
                partition={each}
                isBackwards={isBackwards}
              />
            ))}
        </tbody>
      </table>
      {partitions.length > LISTED && (
        <p className="mt-2 text-ink-faint text-xs">{t('others', { count: partitions.length - LISTED })}</p>
      )}
    </Popover>
  );
}

type Partition = MessageProgress['partitions'][number];

function byLeft(partitions: readonly Partition[]): Partition[] {
  if (partitions.length <= LISTED) return [...partitions];
  return [...partitions].sort((one, other) => (other.remaining ?? 0) - (one.remaining ?? 0));
}

function PartitionRow({ partition, isBackwards }: { partition: Partition; isBackwards: boolean }) {
  const text = useNumberText();
  const { topic, partition: id, position, remaining, logStartOffset, logEndOffset } = partition;
  const length = Math.max(1, logEndOffset - logStartOffset);
  const read = isBackwards ? logEndOffset - position : position - logStartOffset;
  const percent = logEndOffset === logStartOffset ? 100 : Math.min(100, Math.max(0, (read / length) * 100));
  return (
    <tr className="border-line border-t">
      <th scope="row" className="py-1 pr-3 text-left font-normal break-all">
        {topic === undefined ? id : `${topic}-${id}`}
      </th>
      <td className="py-1 pr-3">
        <span className="flex items-center gap-1.5">
          <ShareBar percent={percent} />
          <span className="w-9 shrink-0 text-right">{text.percent(Math.floor(percent))}</span>
        </span>
      </td>
      <td className="py-1 pr-3 text-right">{text.count(position)}</td>
      <td className="py-1 text-right">{remaining === null ? '–' : text.compact(remaining)}</td>
    </tr>
  );
}
