'use client';

import type { ConfigEntry } from '../../lib/contract/configs.ts';
import { useEndpoint } from '../data/use-endpoint.ts';

/**
 * Every config a topic of this cluster can have, with documentation. Kafka tells them only of a topic that exists, so
 * any topic is asked; empty while there is none.
 */
export function useConfigCatalogue(cluster: string): ConfigEntry[] {
  const any = useEndpoint(
    'listTopics',
    { params: { cluster }, query: { limit: 1, internal: 'true' } },
    { refetchInterval: false },
  );
  const topic = any.data?.items[0]?.name;
  const configs = useEndpoint(
    'getTopicConfigs',
    { params: { cluster, topic: topic ?? '' } },
    { isEnabled: topic !== undefined, refetchInterval: false },
  );
  return configs.data?.entries ?? [];
}
