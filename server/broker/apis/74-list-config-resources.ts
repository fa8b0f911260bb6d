import { ERROR } from '../../protocol/errors.ts';
import { listConfigResourcesApi } from '../../protocol/messages/list-config-resources.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { mayOnCluster, NOT_AUTHORIZED } from '../security/permissions.ts';
import { CONFIG_RESOURCE } from './config-resources.ts';

const LISTABLE: readonly number[] = Object.values(CONFIG_RESOURCE);

/** ListConfigResources 0–1: the names of what has configs. v0 asks for client metrics only (KIP-714), v1 for any kind (KIP-1142). */
export const listConfigResources = handler(listConfigResourcesApi, { min: 0, max: 1 }, (request, context) => {
  const asked = context.header.apiVersion === 0 ? [CONFIG_RESOURCE.clientMetrics] : request.resourceTypes;
  const types = asked.length === 0 ? LISTABLE : [...new Set(asked)];
  if (types.some((type) => !LISTABLE.includes(type))) return { errorCode: ERROR.UNSUPPORTED_VERSION };
  if (!mayOnCluster(context, 'describeConfigs')) return NOT_AUTHORIZED.cluster;
  return {
    errorCode: ERROR.NONE,
    configResources: types.flatMap((resourceType) =>
      namesOf(resourceType, context).map((resourceName) => ({ resourceName, resourceType })),
    ),
  };
});

function namesOf(type: number, { cluster }: RequestContext): string[] {
  const { image } = cluster;
  switch (type) {
    case CONFIG_RESOURCE.topic:
      return [...image.topics.keys()];
    case CONFIG_RESOURCE.broker:
    case CONFIG_RESOURCE.brokerLogger:
      return [...image.brokers.keys()].filter((id) => image.isActive(id)).map(String);
    case CONFIG_RESOURCE.group:
      return [...image.allConfigs('group').keys()];
    case CONFIG_RESOURCE.clientMetrics:
      return [...image.allConfigs('client-metrics').keys()];
    default:
      return [];
  }
}
