import { ERROR } from '../../protocol/errors.ts';
import type { ConfigResource } from '../controller/config-rules.ts';
import type { MetadataImage } from '../controller/metadata-image.ts';
import { type Outcome, refused } from '../controller/outcome.ts';
import { problemWithTopicName } from '../controller/topic-name.ts';
import { type Asked, may, mayOnCluster, NOT_AUTHORIZED } from '../security/permissions.ts';

/** The kinds of things that have configs, as the protocol numbers them. */
export const CONFIG_RESOURCE = {
  topic: 2,
  broker: 4,
  brokerLogger: 8,
  clientMetrics: 16,
  group: 32,
} as const;

/** The configs' types as DescribeConfigs v3 numbers them. */
export const CONFIG_TYPE_CODE = {
  BOOLEAN: 1,
  STRING: 2,
  INT: 3,
  SHORT: 4,
  LONG: 5,
  DOUBLE: 6,
  LIST: 7,
  CLASS: 8,
  PASSWORD: 9,
} as const;

export const UNKNOWN_CONFIG_TYPE_CODE = 0;

/** Why who asks may not see or change the configs of a resource; null when it may, or when there is no such resource. */
export function configRefusal(
  asked: Asked,
  operation: 'describeConfigs' | 'alterConfigs',
  type: number,
  name: string,
): Outcome | null {
  switch (type) {
    case CONFIG_RESOURCE.topic:
      return may(asked, operation, 'topic', name) ? null : NOT_AUTHORIZED.topic;
    case CONFIG_RESOURCE.group:
      return may(asked, operation, 'group', name) ? null : NOT_AUTHORIZED.group;
    case CONFIG_RESOURCE.broker:
    case CONFIG_RESOURCE.brokerLogger:
    case CONFIG_RESOURCE.clientMetrics:
      return mayOnCluster(asked, operation) ? null : NOT_AUTHORIZED.cluster;
    default:
      return null;
  }
}

/** The resource's part of a controller's request, or why it can't be changed. */
export type AlterableResource =
  | { readonly resource: ConfigResource; readonly name: string; readonly refusal: null }
  | { readonly refusal: Outcome };

/** Topics, groups and brokers can be changed; a group need not be there, a broker is named by its number, all of them by the empty name. */
export function alterableResource(type: number, name: string, image: MetadataImage): AlterableResource {
  if (type === CONFIG_RESOURCE.topic) {
    if (image.topic(name) !== undefined) return { resource: 'topic', name, refusal: null };
    const problem = problemWithTopicName(name);
    return {
      refusal:
        problem === null
          ? refused(ERROR.UNKNOWN_TOPIC_OR_PARTITION, `The topic '${name}' does not exist.`)
          : refused(ERROR.INVALID_TOPIC_EXCEPTION, problem),
    };
  }
  if (type === CONFIG_RESOURCE.group) {
    return name === ''
      ? { refusal: refused(ERROR.INVALID_REQUEST, 'Default group resources are not allowed.') }
      : { resource: 'group', name, refusal: null };
  }
  if (type === CONFIG_RESOURCE.clientMetrics) {
    return name === ''
      ? { refusal: refused(ERROR.INVALID_REQUEST, "Subscription name can't be empty") }
      : { resource: 'client-metrics', name, refusal: null };
  }
  if (type !== CONFIG_RESOURCE.broker) {
    return {
      refusal: refused(ERROR.INVALID_REQUEST, `Configs of resource type ${type} can't be changed here.`),
    };
  }
  if (name !== '' && !/^\d+$/.test(name)) {
    return { refusal: refused(ERROR.INVALID_REQUEST, `Node id must be an integer, but it is: ${name}`) };
  }
  return { resource: 'broker', name, refusal: null };
}
