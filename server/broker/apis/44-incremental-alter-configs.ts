import { ERROR } from '../../protocol/errors.ts';
import {
  type AlterConfigsResource,
  incrementalAlterConfigsApi,
} from '../../protocol/messages/incremental-alter-configs.ts';
import { problemWithSubscription } from '../config/client-metrics-configs.ts';
import { problemWithGroupConfigs } from '../config/group-configs.ts';
import { brokerConfig } from '../config/resolve.ts';
import { conflictInTopicConfigs, problemWithDynamicBrokerConfigs } from '../config/rules.ts';
import type { Outcome } from '../controller/outcome.ts';
import type { ConfigChange } from '../controller/requests.ts';
import { handler, type RequestContext } from '../net/handler.ts';
import { alterLoggers } from './broker-loggers.ts';
import { alterableResource, CONFIG_RESOURCE, configRefusal } from './config-resources.ts';

const OPERATIONS = ['set', 'delete', 'append', 'subtract'] as const;

/** IncrementalAlterConfigs 0–1 (KIP-339): each resource is changed as a whole or not at all. */
export const incrementalAlterConfigs = handler(
  incrementalAlterConfigsApi,
  { min: 0, max: 1 },
  (request, context) => {
    const seen = new Set<string>();
    return {
      responses: request.resources.map((resource) => {
        const { resourceType, resourceName } = resource;
        const key = `${resourceType} ${resourceName}`;
        const outcome = seen.has(key)
          ? { errorCode: ERROR.INVALID_REQUEST, errorMessage: 'Each resource must appear at most once.' }
          : alter(resource, request.validateOnly, context);
        seen.add(key);
        return { resourceType, resourceName, ...outcome };
      }),
    };
  },
);

function alter(resource: AlterConfigsResource, validateOnly: boolean, context: RequestContext): Outcome {
  const { resourceType, resourceName } = resource;
  const forbidden = configRefusal(context, 'alterConfigs', resourceType, resourceName);
  if (forbidden !== null) return forbidden;
  const { broker, cluster } = context;
  const invalid = (errorMessage: string) => ({ errorCode: ERROR.INVALID_REQUEST, errorMessage });
  const changes: ConfigChange[] = [];
  const names = new Set<string>();
  for (const { name, configOperation, value } of resource.configs) {
    const operation = OPERATIONS[configOperation];
    if (operation === undefined) return invalid(`Unknown config operation ${configOperation}`);
    if (operation !== 'delete' && value === null) return invalid(`Null value not supported for : ${name}`);
    if (names.has(name)) return invalid('Error due to duplicate config keys');
    names.add(name);
    changes.push({ name, operation, value });
  }
  if (resourceType === CONFIG_RESOURCE.brokerLogger) {
    const problem = problemWithNodeId(resourceName, broker.id);
    return problem === null ? alterLoggers(context.logLevels, changes, validateOnly) : invalid(problem);
  }
  const target = alterableResource(resourceType, resourceName, cluster.image);
  if (target.refusal !== null) return target.refusal;
  if (target.resource === 'client-metrics') {
    const problem = problemWithSubscription(changes);
    if (problem !== null) return invalid(problem);
  } else if (target.resource === 'broker') {
    const problem = problemWithDynamicBrokerConfigs(
      target.name,
      new Map(changes.map(({ name, value, operation }) => [name, operation === 'set' ? value : null])),
      (name) => brokerConfig(cluster, broker, name),
    );
    if (problem !== null) return invalid(problem);
  } else {
    const { image } = cluster;
    const isGroup = target.resource === 'group';
    const after = new Map(isGroup ? image.groupConfigs(target.name) : image.topicConfigs(target.name));
    for (const { name, operation, value } of changes) {
      if (operation === 'set' && value !== null) after.set(name, value);
      else if (operation === 'delete') after.delete(name);
    }
    const conflict = isGroup
      ? problemWithGroupConfigs(after, (name) => broker.brokerConfig(name))
      : conflictInTopicConfigs(after);
    if (conflict !== null) return { errorCode: ERROR.INVALID_CONFIG, errorMessage: conflict };
  }
  return cluster.controller.alterConfigs(target.resource, target.name, changes, { validateOnly });
}

function problemWithNodeId(name: string, id: number): string | null {
  if (!/^[+-]?\d+$/.test(name)) return `Node id must be an integer, but it is: ${name}`;
  return Number(name) === id ? null : `Unexpected node id. Expected ${id}, but received ${name}`;
}
