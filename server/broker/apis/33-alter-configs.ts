import { ERROR } from '../../protocol/errors.ts';
import { alterConfigsApi } from '../../protocol/messages/alter-configs.ts';
import type { Broker } from '../broker.ts';
import { problemWithGroupConfigs } from '../config/group-configs.ts';
import { brokerConfig } from '../config/resolve.ts';
import { conflictInTopicConfigs, problemWithDynamicBrokerConfigs } from '../config/rules.ts';
import type { Outcome } from '../controller/outcome.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { alterableResource, configRefusal } from './config-resources.ts';

/** AlterConfigs 0–2: what is not named is unset. Clients should use IncrementalAlterConfigs instead (KIP-339). */
export const alterConfigs = handler(alterConfigsApi, { min: 0, max: 2 }, (request, context) => ({
  responses: request.resources.map(({ resourceType, resourceName, configs }) => ({
    resourceType,
    resourceName,
    ...replace(
      resourceType,
      resourceName,
      new Map(configs.map(({ name, value }) => [name, value])),
      request.validateOnly,
      context,
    ),
  })),
}));

function replace(
  resourceType: number,
  resourceName: string,
  configs: ReadonlyMap<string, string | null>,
  validateOnly: boolean,
  context: RequestContext,
): Outcome {
  const forbidden = configRefusal(context, 'alterConfigs', resourceType, resourceName);
  if (forbidden !== null) return forbidden;
  const { broker, cluster } = context;
  const target = alterableResource(resourceType, resourceName, cluster.image);
  if (target.refusal !== null) return target.refusal;
  if (target.resource === 'broker') {
    const problem = problemWithDynamicBrokerConfigs(target.name, configs, (name) =>
      brokerConfig(cluster, broker, name),
    );
    if (problem !== null) return { errorCode: ERROR.INVALID_REQUEST, errorMessage: problem };
  } else {
    const conflict =
      target.resource === 'group' ? problemOfGroup(configs, broker) : conflictInTopicConfigs(configs);
    if (conflict !== null) return { errorCode: ERROR.INVALID_CONFIG, errorMessage: conflict };
  }
  return cluster.controller.replaceConfigs(target.resource, target.name, configs, { validateOnly });
}

function problemOfGroup(configs: ReadonlyMap<string, string | null>, broker: Broker): string | null {
  const nulls = [...configs].flatMap(([name, value]) => (value === null ? [name] : []));
  if (nulls.length > 0) return `Null value not supported for group configs: ${nulls.join(',')}`;
  const given = new Map(
    [...configs].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
  );
  return problemWithGroupConfigs(given, (name) => broker.brokerConfig(name));
}
