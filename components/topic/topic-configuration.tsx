'use client';

import { ConfigEditor } from '../configs/config-editor.tsx';
import { useEndpoint } from '../data/use-endpoint.ts';
import { ErrorState, FailureLine } from '../ui/error-state.tsx';
import { PartialNotice } from '../ui/partial-notice.tsx';
import { useOpenTopic } from './topic-frame.tsx';

/** A topic's configs. */
export function TopicConfiguration() {
  const { cluster, topic } = useOpenTopic();
  const { data, failure, retry } = useEndpoint(
    'getTopicConfigs',
    { params: { cluster, topic } },
    { keepsPrevious: false },
  );
  if (failure && !data) return <ErrorState failure={failure} onRetry={retry} />;
  return (
    <div className="space-y-3">
      <PartialNotice problems={data?.problems} />
      {failure && <FailureLine failure={failure} />}
      <ConfigEditor target={{ kind: 'topic', cluster, topic }} entries={data?.entries} />
    </div>
  );
}
