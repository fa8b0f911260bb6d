'use client';

import { TextSearch } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCluster } from '../data/use-cluster.ts';
import { PageHeader } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ResendChosen } from './doing/resend-chosen.tsx';
import { ResendFound } from './doing/resend-found.tsx';
import { type MessageSlots, MessageView } from './message-view.tsx';
import { queryOf } from './search/reading.ts';
import { useReading } from './search/use-reading.ts';
import { FoundMessageActions } from './topics/found-message-actions.tsx';
import { TopicsChoice } from './topics/topics-choice.tsx';
import { useMeantTopics } from './topics/use-meant-topics.ts';

const NONE: readonly string[] = [];

/** Searches several topics of a cluster at once. */
export function SearchMessagesPage() {
  const t = useTranslations('messages.topics');
  const cluster = useCluster();
  const address = useReading();
  const { reading, read } = address;
  const meant = useMeantTopics(cluster, reading.topics);
  const topics = meant.topics ?? NONE;
  const first = topics[0] ?? '';
  const slots: MessageSlots = {
    toolbar: (shown) => (
      <ResendFound
        cluster={cluster}
        topics={topics}
        query={queryOf(shown.reading)}
        messages={shown.messages}
      />
    ),
    selection: (selected) => <ResendChosen cluster={cluster} topic={first} chosen={selected} />,
    detail: (message) => (
      <FoundMessageActions cluster={cluster} topic={message.topic ?? first} message={message} />
    ),
  };
  return (
    <div className="space-y-3">
      <PageHeader title={t('title')} description={t('description')} />
      <MessageView
        cluster={cluster}
        topics={topics}
        isSeveral
        address={address}
        partitionCount={null}
        slots={slots}
        before={
          <TopicsChoice
            cluster={cluster}
            asked={reading.topics}
            meant={meant}
            onChange={(next) => read({ topics: next })}
          />
        }
        instead={
          topics.length === 0 ? (
            <EmptyState
              icon={TextSearch}
              title={t(reading.topics.length === 0 ? 'noneTitle' : meant.topics ? 'noneMeant' : 'asking')}
              className="py-20"
            >
              {t('noneDetail')}
            </EmptyState>
          ) : undefined
        }
      />
    </div>
  );
}
