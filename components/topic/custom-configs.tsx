'use client';

import { useTranslations } from 'next-intl';
import { ConfigValue } from '../configs/config-value.tsx';
import { topicTabPath } from '../data/paths.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { Card, Section } from '../ui/card.tsx';
import { FailureLine } from '../ui/error-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TextLink } from '../ui/text-link.tsx';

/** The configs set on the topic itself. */
export function CustomConfigs({ cluster, topic }: { cluster: string; topic: string }) {
  const t = useTranslations('topic.summary');
  const { data, failure } = useEndpoint(
    'getTopicConfigs',
    { params: { cluster, topic } },
    { keepsPrevious: false },
  );
  const own = data?.entries.filter((entry) => entry.isOverridden);
  return (
    <Section
      title={t('customConfigs')}
      actions={
        <TextLink href={topicTabPath(cluster, topic, 'configuration')} className="text-xs">
          {t('allConfigs')}
        </TextLink>
      }
    >
      {failure && !data && <FailureLine failure={failure} />}
      {(!failure || data) && (
        <Card>
          {own === undefined && <Skeleton className="m-3 w-48" />}
          {own?.length === 0 && <p className="p-3 text-[0.8125rem] text-ink-soft">{t('noCustomConfigs')}</p>}
          {own && own.length > 0 && (
            <dl className="divide-y divide-line">
              {own.map((entry) => (
                <div
                  key={entry.name}
                  className="grid gap-x-4 px-3 py-2 text-[0.8125rem] sm:grid-cols-[minmax(12rem,1fr)_3fr]"
                >
                  <dt className="font-mono text-xs leading-5 break-all text-ink-soft">{entry.name}</dt>
                  <dd>
                    <ConfigValue entry={entry} />
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </Card>
      )}
    </Section>
  );
}
