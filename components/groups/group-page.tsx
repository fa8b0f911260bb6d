'use client';
import { useParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { GroupDetail } from '../../lib/contract/groups.ts';
import { brokerPath, groupsPath } from '../data/paths.ts';
import { decodeName, useCluster } from '../data/use-cluster.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { GroupState } from '../kafka/group-state.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { PageHeader, Section } from '../ui/card.tsx';
import { ErrorState, FailureLine } from '../ui/error-state.tsx';
import { Count, UnknownValue } from '../ui/format.tsx';
import { NameTitle } from '../ui/name-title.tsx';
import { PartialNotice } from '../ui/partial-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Stat, StatGrid } from '../ui/stat.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { GroupMembers } from './group-members.tsx';
import { GroupOffsets } from './group-offsets.tsx';

/** One group: how far behind it is on every partition, and who reads what. */
export function GroupPage() {
  const t = useTranslations('groups');
  const cluster = useCluster();
  const group = decodeName(useParams<{ group: string }>().group);
  const { data, failure, retry } = useEndpoint(
    'getGroup',
    { params: { cluster, group } },
    { keepsPrevious: false },
  );
  const isMissing = failure?.code === 'not_found';
  if (failure && (isMissing || !data)) {
    return (
      <>
        <h1 className="sr-only">{group}</h1>
        <ErrorState
          failure={failure}
          onRetry={isMissing ? undefined : retry}
          className="py-24"
          actions={<ButtonLink href={groupsPath(cluster)}>{t('toGroups')}</ButtonLink>}
        />
      </>
    );
  }
  return (
    <div className="space-y-6">
      <PageHeader
        trail={<TextLink href={groupsPath(cluster)}>{t('title')}</TextLink>}
        title={<NameTitle name={group} />}
        badges={data ? <GroupState state={data.state} /> : <Skeleton className="h-5 w-20" />}
      />
      <PartialNotice problems={data?.problems} />
      {failure && <FailureLine failure={failure} />}
      <GroupNumbers cluster={cluster} detail={data} />
      <Section title={t('offsets')}>
        <GroupOffsets cluster={cluster} offsets={data?.offsets} />
      </Section>
      <Section title={t('members')}>
        <GroupMembers cluster={cluster} members={data?.members} />
      </Section>
    </div>
  );
}

function GroupNumbers({ cluster, detail }: { cluster: string; detail: GroupDetail | undefined }) {
  const t = useTranslations('groups');
  const waiting = <Skeleton className="w-12" />;
  return (
    <StatGrid className="lg:grid-cols-6">
      <Stat
        label={t('column.lag')}
        hint={t('hint.lag')}
        value={detail ? <Count value={detail.lag} /> : waiting}
        unit={t('messages')}
      />
      <Stat label={t('column.members')} value={detail ? <Count value={detail.memberCount} /> : waiting} />
      <Stat
        label={t('column.topics')}
        hint={t('hint.topics')}
        value={detail ? <Count value={detail.topicCount} /> : waiting}
      />
      <Stat label={t('column.type')} value={detail ? detail.type : waiting} />
      <Stat
        label={t('assignor')}
        hint={t('hint.assignor')}
        value={detail ? detail.assignor || <UnknownValue /> : waiting}
      />
      <Stat
        label={t('column.coordinator')}
        hint={t('hint.coordinator')}
        value={detail ? (detail.coordinator ?? <UnknownValue />) : waiting}
        href={detail && detail.coordinator !== null ? brokerPath(cluster, detail.coordinator) : undefined}
      />
    </StatGrid>
  );
}
