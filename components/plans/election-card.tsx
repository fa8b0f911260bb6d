'use client';

import { Crown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ElectDialog } from '../changes/elect-dialog.tsx';
import { topicsPath } from '../data/paths.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { Button } from '../ui/button.tsx';
import { Card, Section } from '../ui/card.tsx';
import { FailureLine } from '../ui/error-state.tsx';
import { useNumberText } from '../ui/format.tsx';
import { HealthMark } from '../ui/health.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TextLink } from '../ui/text-link.tsx';

/** Whether leaders are where they belong, and the election that puts them there. */
export function ElectionCard({ cluster }: { cluster: string }) {
  const t = useTranslations('plans.elections');
  const text = useNumberText();
  const { data, failure } = useEndpoint('getOverview', { params: { cluster } });
  const [isElecting, setElecting] = useState(false);
  const isNeeded = data !== undefined && data.preferredLeaderPercent < 100;
  return (
    <Section title={t('title')}>
      <Card className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-[0.8125rem]">
        {failure && !data && <FailureLine failure={failure} className="flex-1" />}
        {!failure && !data && <Skeleton className="w-64" />}
        {data && (
          <p className="flex min-w-0 flex-[1_1_14rem] items-center gap-2">
            <HealthMark health={isNeeded ? 'warning' : 'ok'} />
            <span>
              {isNeeded
                ? t('preferredPercent', { percent: text.percent(data.preferredLeaderPercent) })
                : t('allPreferred')}{' '}
              {isNeeded && (
                <TextLink href={`${topicsPath(cluster)}?health=not-preferred&internal=true`}>
                  {t('which')}
                </TextLink>
              )}
            </span>
          </p>
        )}
        <Button icon={Crown} disabled={!isNeeded} onClick={() => setElecting(true)}>
          {t('elect')}
        </Button>
      </Card>
      {isElecting && <ElectDialog cluster={cluster} onClose={() => setElecting(false)} />}
    </Section>
  );
}
