'use client';

import { SearchX } from 'lucide-react';
import { useParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, use } from 'react';
import type { TopicDetail } from '../../lib/contract/topics.ts';
import { topicPath, topicsPath, topicTabPath } from '../data/paths.ts';
import { decodeName, useCluster } from '../data/use-cluster.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { ButtonLink } from '../ui/button.tsx';
import { PageHeader } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState, FailureLine } from '../ui/error-state.tsx';
import { LinkTabs } from '../ui/link-tabs.tsx';
import { NameTitle } from '../ui/name-title.tsx';
import { PartialNotice } from '../ui/partial-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { TopicActions } from './topic-actions.tsx';
import { TopicBadges } from './topic-badges.tsx';
import { TopicFacts } from './topic-facts.tsx';

interface OpenTopic {
  cluster: string;
  topic: string;
  /** Undefined until it has been read. */
  detail: TopicDetail | undefined;
}

const Context = createContext<OpenTopic | null>(null);

/** The topic whose page this is: read once for all tabs. */
export function useOpenTopic(): OpenTopic {
  const open = use(Context);
  if (!open) throw new Error('useOpenTopic stands outside a TopicFrame');
  return open;
}

/** Head and tabs around every page of a topic. */
export function TopicFrame({ children }: { children: ReactNode }) {
  const t = useTranslations('topic');
  const cluster = useCluster();
  const topic = decodeName(useParams<{ topic: string }>().topic);
  const { data, failure, retry } = useEndpoint(
    'getTopic',
    { params: { cluster, topic } },
    { keepsPrevious: false },
  );
  const isMissing = failure?.code === 'not_found' || (failure?.code === 'invalid_request' && !data);
  if (failure && (isMissing || !data)) {
    const toTopics = <ButtonLink href={topicsPath(cluster)}>{t('toTopics')}</ButtonLink>;
    return (
      <>
        <h1 className="sr-only">{topic}</h1>
        {failure.code === 'not_found' ? (
          <EmptyState
            icon={SearchX}
            title={<span className="break-all">{t('notFoundTitle', { topic })}</span>}
            actions={toTopics}
            className="py-24"
          >
            {t('notFoundDetail')}
          </EmptyState>
        ) : (
          <ErrorState
            failure={failure}
            onRetry={isMissing ? undefined : retry}
            className="py-24"
            actions={toTopics}
          />
        )}
      </>
    );
  }
  return (
    <Context value={{ cluster, topic, detail: data }}>
      <div className="space-y-4">
        <PageHeader
          trail={<TextLink href={topicsPath(cluster)}>{t('back')}</TextLink>}
          title={<NameTitle name={topic} />}
          badges={data ? <TopicBadges detail={data} /> : <Skeleton className="h-5 w-20" />}
          description={<TopicFacts detail={data} />}
          actions={<TopicActions cluster={cluster} topic={topic} detail={data} />}
        />
        <PartialNotice problems={data?.problems} />
        {failure && <FailureLine failure={failure} />}
        <LinkTabs
          label={t('tabs.label')}
          tabs={[
            { href: topicPath(cluster, topic), label: t('tabs.summary') },
            {
              href: topicTabPath(cluster, topic, 'partitions'),
              label: t('tabs.partitions'),
              count: data?.partitionCount,
            },
            { href: topicTabPath(cluster, topic, 'messages'), label: t('tabs.messages') },
            { href: topicTabPath(cluster, topic, 'groups'), label: t('tabs.groups') },
            { href: topicTabPath(cluster, topic, 'configuration'), label: t('tabs.configuration') },
          ]}
        />
        {children}
      </div>
    </Context>
  );
}
