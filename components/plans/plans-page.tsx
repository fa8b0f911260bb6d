'use client';

import { ArrowLeftRight, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ReassignmentState } from '../../lib/contract/plans.ts';
import { reassignPath } from '../data/paths.ts';
import { useCluster } from '../data/use-cluster.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { PageHeader, Section } from '../ui/card.tsx';
import { ErrorState, FailureLine } from '../ui/error-state.tsx';
import { PartialNotice } from '../ui/partial-notice.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { ElectionCard } from './election-card.tsx';
import { ReassignmentTable } from './reassignment-table.tsx';

/** Changes under way on the cluster, and leaders that could go back to where they belong. */
export function PlansPage() {
  const t = useTranslations('plans');
  const cluster = useCluster();
  const { data, failure, retry } = useEndpoint(
    'listReassignments',
    { params: { cluster } },
    { keepsPrevious: false },
  );
  const [cancelling, setCancelling] = useState<readonly ReassignmentState[] | null>(null);
  const count = data?.items.length ?? 0;
  return (
    <div className="space-y-6">
      <PageHeader
        title={t('title')}
        actions={
          <ButtonLink tone="primary" icon={ArrowLeftRight} href={reassignPath(cluster)}>
            {t('underWay.new')}
          </ButtonLink>
        }
      />
      <PartialNotice problems={data?.problems} />
      {failure && data && <FailureLine failure={failure} />}
      <Section
        title={t('underWay.title')}
        description={count > 0 ? t('underWay.count', { count }) : undefined}
        actions={
          count > 1 && (
            <Button size="small" icon={X} onClick={() => setCancelling(data?.items ?? [])}>
              {t('underWay.cancelAll')}
            </Button>
          )
        }
      >
        {failure && !data ? (
          <ErrorState failure={failure} onRetry={retry} />
        ) : (
          <ReassignmentTable cluster={cluster} rows={data?.items} onCancel={setCancelling} />
        )}
      </Section>
      <ElectionCard cluster={cluster} />
      {cancelling && <CancelDialog cluster={cluster} rows={cancelling} onClose={() => setCancelling(null)} />}
    </div>
  );
}
