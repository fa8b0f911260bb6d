'use client';
import { useParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { BrokerDetail } from '../../lib/contract/brokers.ts';
import { ConfigEditor } from '../configs/config-editor.tsx';
import { brokersPath } from '../data/paths.ts';
import { decodeName, useCluster } from '../data/use-cluster.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { BrokerState } from '../kafka/broker-state.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { PageHeader, Section } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState, FailureLine } from '../ui/error-state.tsx';
import { Bytes, Count, Percent } from '../ui/format.tsx';
import { Badge } from '../ui/health.tsx';
import { PartialNotice } from '../ui/partial-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Stat, StatGrid } from '../ui/stat.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { BrokerPartitions } from './broker-partitions.tsx';
import { BrokerPower } from './broker-power.tsx';
import { LogDirs } from './log-dirs.tsx';

/** One broker: what it leads and holds, where on its disks, and how it is configured. */
export function BrokerPage() {
  const t = useTranslations('brokers');
  const cluster = useCluster();
  const name = decodeName(useParams<{ broker: string }>().broker);
  const id = /^\d{1,10}$/.test(name) ? Number(name) : -1;
  const { data, failure, retry } = useEndpoint(
    'getBroker',
    { params: { cluster, broker: id } },
    { keepsPrevious: false },
  );
  const isMissing = failure?.code === 'not_found' || failure?.code === 'invalid_request';
  if (failure && (isMissing || !data)) {
    return (
      <>
        <h1 className="sr-only">{t('name', { id: name })}</h1>
        <ErrorState
          failure={failure}
          onRetry={isMissing ? undefined : retry}
          className="py-24"
          actions={<ButtonLink href={brokersPath(cluster)}>{t('toBrokers')}</ButtonLink>}
        />
      </>
    );
  }
  return (
    <div className="space-y-6">
      <PageHeader
        trail={<TextLink href={brokersPath(cluster)}>{t('title')}</TextLink>}
        title={t('name', { id: name })}
        badges={
          data ? (
            <>
              <BrokerState broker={data.broker} />
              {data.broker.isController && <Badge>{t('controller')}</Badge>}
            </>
          ) : (
            <Skeleton className="h-5 w-20" />
          )
        }
        description={data && <BrokerAddress broker={data.broker} />}
        actions={data && <BrokerPower cluster={cluster} broker={data.broker} />}
      />
      <PartialNotice problems={data?.problems} />
      {failure && <FailureLine failure={failure} />}
      <BrokerNumbers detail={data} />
      <Section title={t('logDirs.title')}>
        <LogDirs dirs={data?.logDirs} />
      </Section>
      <Section title={t('partitions.title')}>
        <BrokerPartitions cluster={cluster} broker={id} told={data?.problems} />
      </Section>
      <Section title={t('configs.title')}>
        {data?.configs === null ? (
          <EmptyState title={t('configs.unknown')} />
        ) : (
          <ConfigEditor target={{ kind: 'broker', cluster, broker: id }} entries={data?.configs} />
        )}
      </Section>
    </div>
  );
}

function BrokerAddress({ broker }: { broker: BrokerDetail['broker'] }) {
  const t = useTranslations('brokers');
  return (
    <span className="flex flex-wrap gap-x-4">
      {broker.host !== '' && (
        <span className="font-mono text-xs leading-5">{`${broker.host}:${broker.port}`}</span>
      )}
      {broker.rack !== null && (
        <span>
          {t('column.rack')} {broker.rack}
        </span>
      )}
    </span>
  );
}

function BrokerNumbers({ detail }: { detail: BrokerDetail | undefined }) {
  const t = useTranslations('brokers');
  const waiting = <Skeleton className="w-12" />;
  const broker = detail?.broker;
  return (
    <StatGrid className="lg:grid-cols-6">
      <Stat
        label={t('column.leaders')}
        hint={t('hint.leaders')}
        value={broker ? <Count value={broker.leaderCount} /> : waiting}
      />
      <Stat
        label={t('column.share')}
        hint={t('hint.share')}
        value={broker ? <Percent value={broker.leaderPercent} /> : waiting}
      />
      <Stat
        label={t('preferred')}
        hint={t('hint.preferred')}
        value={broker ? <Count value={broker.preferredLeaderCount} /> : waiting}
      />
      <Stat
        label={t('column.replicas')}
        hint={t('hint.replicas')}
        value={broker ? <Count value={broker.replicaCount} /> : waiting}
      />
      <Stat
        label={t('column.notInSync')}
        hint={t('hint.notInSync')}
        value={broker ? <Count value={broker.underReplicatedCount} /> : waiting}
        health={broker && (broker.underReplicatedCount > 0 ? 'warning' : 'ok')}
      />
      <Stat
        label={t('column.size')}
        hint={t('hint.size')}
        value={broker ? <Bytes value={broker.sizeBytes} /> : waiting}
      />
    </StatGrid>
  );
}
