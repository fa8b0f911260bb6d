import { useTranslations } from 'next-intl';
import type { TopicDetail } from '../../lib/contract/topics.ts';
import { UnknownValue } from '../ui/format.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** What identifies the topic and what its writers must reckon with, in one line. */
export function TopicFacts({ detail }: { detail: TopicDetail | undefined }) {
  const t = useTranslations('topic.facts');
  if (!detail) return <Skeleton className="w-72" />;
  return (
    <span className="flex flex-wrap gap-x-4 text-xs text-ink-faint">
      <span title={t('minInsyncHint')}>
        {t('minInsyncReplicas')}{' '}
        <span className="text-ink">{detail.minInsyncReplicas ?? <UnknownValue />}</span>
      </span>
      {detail.topicId !== null && (
        <span>
          {t('topicId')} <span className="font-mono text-ink">{detail.topicId}</span>
        </span>
      )}
    </span>
  );
}
