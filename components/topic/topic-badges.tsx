import { useTranslations } from 'next-intl';
import type { TopicDetail } from '../../lib/contract/topics.ts';
import { useNumberText } from '../ui/format.tsx';
import { Badge, HealthBadge } from '../ui/health.tsx';

/** What is wrong with a topic in a few words; `Healthy` only when nothing is. */
export function TopicBadges({ detail }: { detail: TopicDetail }) {
  const t = useTranslations('topic.badges');
  const text = useNumberText();
  const offline = detail.offlinePartitionCount;
  const underReplicated = detail.underReplicatedPartitionCount;
  const notPreferred = detail.partitions.filter((each) => !each.isPreferredLeader).length;
  const reassigning = detail.partitions.filter(
    (each) => each.addingReplicas.length > 0 || each.removingReplicas.length > 0,
  ).length;
  const count = (value: number) => ({ count: text.count(value) });
  return (
    <>
      {offline > 0 && <HealthBadge health="critical">{t('offline', count(offline))}</HealthBadge>}
      {underReplicated > 0 && (
        <HealthBadge health="warning">{t('underReplicated', count(underReplicated))}</HealthBadge>
      )}
      {notPreferred > 0 && offline === 0 && (
        <HealthBadge health="warning">{t('notPreferred', count(notPreferred))}</HealthBadge>
      )}
      {offline + underReplicated + notPreferred === 0 && (
        <HealthBadge health="ok">{t('healthy')}</HealthBadge>
      )}
      {reassigning > 0 && <Badge>{t('reassigning', count(reassigning))}</Badge>}
      {detail.isInternal && <Badge>{t('internal')}</Badge>}
    </>
  );
}
