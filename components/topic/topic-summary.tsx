'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { TopicDetail } from '../../lib/contract/topics.ts';
import { topicTabPath } from '../data/paths.ts';
import { Section } from '../ui/card.tsx';
import { Bytes, Count, Percent } from '../ui/format.tsx';
import type { Health } from '../ui/health.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Stat, StatGrid } from '../ui/stat.tsx';
import { CustomConfigs } from './custom-configs.tsx';
import { TopicBrokerTable } from './topic-broker-table.tsx';
import { useOpenTopic } from './topic-frame.tsx';

interface Figure {
  id: Label;
  value: (detail: TopicDetail) => ReactNode;
  hasHint?: boolean;
  health?: (detail: TopicDetail) => Health | undefined;
  tab?: 'partitions';
  /** Brokers that hold it and are down, where the number is measured by those that are up: it can pass 100 %. */
  downHolders?: (detail: TopicDetail) => number;
}

type Label =
  | 'replicationFactor'
  | 'partitionCount'
  | 'offsetSum'
  | 'messageCount'
  | 'brokersTotal'
  | 'brokersForTopic'
  | 'preferredLeaderPercent'
  | 'brokersSkewPercent'
  | 'brokersLeaderSkewPercent'
  | 'brokersSpreadPercent'
  | 'underReplicatedPercent'
  | 'sizeBytes';

const HINTS = [
  'offsetSum',
  'messageCount',
  'brokersSkewPercent',
  'brokersLeaderSkewPercent',
  'brokersSpreadPercent',
  'underReplicatedPercent',
  'preferredLeaderPercent',
  'sizeBytes',
] as const;

type Hinted = (typeof HINTS)[number];

const FIGURES: Figure[] = [
  { id: 'partitionCount', value: (detail) => <Count value={detail.partitionCount} />, tab: 'partitions' },
  { id: 'replicationFactor', value: (detail) => <Count value={detail.replicationFactor} /> },
  {
    id: 'preferredLeaderPercent',
    value: (detail) => <Percent value={detail.preferredLeaderPercent} />,
    health: (detail) => (detail.preferredLeaderPercent < 100 ? 'warning' : 'ok'),
    tab: 'partitions',
  },
  {
    id: 'underReplicatedPercent',
    value: (detail) => <Percent value={detail.underReplicatedPercent} />,
    health: (detail) => (detail.underReplicatedPercent > 0 ? 'warning' : 'ok'),
    tab: 'partitions',
  },
  { id: 'brokersTotal', value: (detail) => <Count value={detail.brokersTotal} /> },
  { id: 'brokersForTopic', value: (detail) => <Count value={detail.brokersForTopic} /> },
  {
    id: 'brokersSpreadPercent',
    value: (detail) => <Percent value={detail.brokersSpreadPercent} />,
    downHolders: (detail) => detail.brokers.filter((broker) => !broker.isAlive).length,
  },
  {
    id: 'brokersSkewPercent',
    value: (detail) => <Percent value={detail.brokersSkewPercent} />,
    health: (detail) => (detail.brokersSkewPercent > 0 ? 'warning' : 'ok'),
  },
  {
    id: 'brokersLeaderSkewPercent',
    value: (detail) => <Percent value={detail.brokersLeaderSkewPercent} />,
    health: (detail) => (detail.brokersLeaderSkewPercent > 0 ? 'warning' : 'ok'),
  },
  { id: 'offsetSum', value: (detail) => <Count value={detail.offsetSum} /> },
  { id: 'messageCount', value: (detail) => <Count value={detail.messageCount} /> },
  { id: 'sizeBytes', value: (detail) => <Bytes value={detail.sizeBytes} /> },
];

function isHinted(id: Label): id is Hinted {
  return HINTS.some((hinted) => hinted === id);
}

/** Every number of the topic, its own configs, and how its partitions lie on the brokers. */
export function TopicSummary() {
  const t = useTranslations('topic.summary');
  const { cluster, topic, detail } = useOpenTopic();
  return (
    <div className="space-y-6">
      <h2 className="sr-only">{t('numbers')}</h2>
      <StatGrid className="lg:grid-cols-4 xl:grid-cols-6">
        {FIGURES.map(({ id, value, health, tab, downHolders }) => (
          <Stat
            key={id}
            label={t(id)}
            hint={isHinted(id) ? t(`hints.${id}`) : undefined}
            value={detail ? value(detail) : <Skeleton className="w-12" />}
            note={
              detail && downHolders?.(detail) ? t('downHolders', { count: downHolders(detail) }) : undefined
            }
            health={detail && health?.(detail)}
            href={detail && tab && topicTabPath(cluster, topic, tab)}
          />
        ))}
      </StatGrid>
      <Section title={t('byBroker')}>
        <TopicBrokerTable cluster={cluster} brokers={detail?.brokers} />
      </Section>
      <CustomConfigs cluster={cluster} topic={topic} />
    </div>
  );
}
